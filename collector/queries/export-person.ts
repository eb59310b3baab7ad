import { advance } from '../advance/advance.ts'
import { traitValue } from '../enrich/values.ts'
import type { QueryDeps } from './deps.ts'
import { NO_ADDRESS, type PersonRequest } from './erasure-request.ts'
import { type EventShape, eventShape } from './event-shape.ts'
import { type Inquiry, inquire } from './inquiry.ts'
import { type LeadDetail, readLead } from './lead.ts'
import { type TransitionShape, transitionShape } from './move-shapes.ts'
import { findPerson, nowFor, type Origin, originOf } from './person.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { rfc3339 } from './rfc3339.ts'
import { type ScoreShape, scoreShape } from './score-shape.ts'
import type { TimelineShape } from './timeline.ts'
import { ENGLISH } from './words/english.ts'

/** Everything that is kept of a person and made of it, for the person to have (trust.md, Privacy). */
export interface PersonExport {
  readonly site: string
  readonly exportedAt: string
  /** traits with their source and time, account, first and last touch, what sales was told */
  readonly person: LeadDetail
  /** what they agreed to and what they refused, with the text they read, oldest first */
  readonly consent: readonly EventShape[]
  /** from the first anonymous visit on, oldest first, each with the points it earned */
  readonly timeline: readonly TimelineShape[]
  readonly transitions: readonly TransitionShape[]
  /** the scores at each move and now, oldest first: rule by rule, with the logic in words */
  readonly scores: readonly ScoreShape[]
}

/** Of a person named by address or id; a lead that was merged into another is exported as the one it goes on as. */
export async function exportPerson(deps: QueryDeps, request: PersonRequest): Promise<Answer<PersonExport>> {
  const { site, email } = request
  if (email !== undefined && traitValue('email', email) === null) return NO_ADDRESS
  const id = await idAsked(deps, request)
  const found = await findPerson(deps, site, id)
  if (!found.ok) return found
  const person = await readLead(deps, site, id)
  if (!person.ok) return person
  const origin = await originOf(deps, found.value)
  const now = nowFor(deps, origin)
  const latest = inquire(origin, id, now)
  if (!latest)
    return refused(
      'unknown_lead',
      `Expected the id of a lead of the site ${site}, got ${JSON.stringify(id)}.`,
    )
  const timeline = timelineIn(latest, id)
  return answered({
    site,
    exportedAt: rfc3339(now),
    person: person.value,
    consent: timeline.filter(({ type }) => type === 'consent').map(({ effects: _, ...event }) => event),
    timeline,
    transitions: found.value.transitions.map(transitionShape),
    scores: [...inquiriesBefore(origin, id, latest), latest].map(inquiry =>
      scoreShape(inquiry, ENGLISH, true),
    ),
  })
}

const timelineIn = ({ timeline }: Inquiry, id: string): readonly TimelineShape[] =>
  timeline.map(({ evidence, effects }) => ({ ...eventShape(evidence.fact, evidence, id), effects }))

/** As of each move of the lead. */
function inquiriesBefore(origin: Origin, id: string, { state, at: now }: Inquiry): readonly Inquiry[] {
  const instants = new Set(state.transitions.map(({ at }) => at))
  return [...instants].filter(at => at < now).flatMap(at => inquire(origin, id, at) ?? [])
}

async function idAsked(deps: QueryDeps, { site, email, lead }: PersonRequest): Promise<string> {
  const [idOf, versions] = await Promise.all([deps.idsOf(site), deps.versionsOf(site)])
  const asked = lead ?? idOf(`email:${traitValue('email', email ?? '')}`)
  if (await deps.store.person(site, asked)) return asked
  const { facts } = await deps.store.loadComponent(site, { subjects: [asked], identifiers: [] })
  if (facts.length === 0) return asked
  const { spans } = advance({ site, facts, versions, idOf, now: deps.clock() })
  return spans.find(({ subject }) => subject === asked)?.person ?? asked
}
