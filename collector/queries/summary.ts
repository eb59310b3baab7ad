import { DAY_MS } from '../../shared/time.ts'
import type { TimelineEntry } from '../advance/explain.ts'
import { counts, type Touchpoint } from '../contracts/evidence.ts'
import type { ScoringModel } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import type { Closer } from './closers.ts'
import type { Findings } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import { nameOf, textOf } from './lead-shape.ts'
import type { Missing } from './missing.ts'

/** What a salesperson would say of a lead, as data. Instants are epoch ms. */
export interface Summary {
  readonly at: number
  /** null: personal data must not be told */
  readonly who: Who | null
  readonly firstTouch: Touchpoint | null
  readonly recent: Recent
  readonly state: PersonState
  readonly model: ScoringModel
  readonly missing: readonly Missing[]
  readonly unknown: Findings['unknown']
  readonly closers: readonly Closer[]
  readonly newPoints: number | null
}

/** As far as it is known; texts are cut to what fits a line. */
export interface Who {
  readonly name: string | null
  readonly contact: string | null
  readonly title: string | null
  /** where no title is known: rank and function */
  readonly seniority: string | null
  readonly jobFunction: string | null
  readonly company: string | null
  readonly industry: string | null
  readonly size: string | null
}

export interface Recent {
  /** how far back; null: all there ever was, for lately there was nothing */
  readonly days: number | null
  /** of the latest thing they did; null: nothing yet */
  readonly lastAt: number | null
  /** what weighs most first */
  readonly deeds: readonly DeedGroup[]
}

/** Things of one kind that a person did: `what` is the page category, form kind or file name, null for none of them. */
export interface DeedGroup {
  readonly type: string
  readonly what: string | null
  /** visits in different sessions; for anything else how often */
  readonly count: number
}

/** What is recent for a salesperson (our choice). */
const RECENT_DAYS = 14

export function summaryOf(
  { at, state, version, timeline, newPoints }: Inquiry,
  findings: Findings,
  inFull: boolean,
): Summary {
  const who = inFull ? whoIs(state) : null
  const { model } = version
  const { firstTouch } = state
  return {
    at,
    who,
    firstTouch,
    recent: recentOf(timeline, model, at),
    state,
    model,
    newPoints,
    ...findings,
  }
}

function whoIs(state: PersonState): Who {
  const cut = (trait: string) => shortened(textOf(state, trait))
  // Beside an address its domain says nothing new.
  const isNamed = nameOf(state) !== null || cut('jobTitle') !== null
  return {
    name: shortened(nameOf(state)),
    contact: cut('email') ?? cut('phone'),
    title: cut('jobTitle'),
    seniority: cut('seniority'),
    jobFunction: cut('jobFunction'),
    company: cut('company') ?? (isNamed ? state.companyDomain : null),
    industry: cut('industry'),
    size: numberOf(cut('companySize')),
  }
}

const numberOf = (text: string | null): string | null => (text !== null && /^\d+$/.test(text) ? text : null)

const MAX_CHARS = 60

const shortened = (text: string | null): string | null =>
  text !== null && text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1).trimEnd()}…` : text

function recentOf(timeline: readonly TimelineEntry[], model: ScoringModel, at: number): Recent {
  const human = timeline.filter(({ evidence: { traffic } }) => counts(traffic))
  const lastAt = human.findLast(isDeed)?.evidence.at ?? null
  const isRecent = lastAt !== null && lastAt > at - RECENT_DAYS * DAY_MS
  const told = isRecent ? human.filter(({ evidence }) => evidence.at > at - RECENT_DAYS * DAY_MS) : human
  return { days: isRecent ? RECENT_DAYS : null, lastAt, deeds: groupsOf(told, model) }
}

/** What is not something the person did, or only tells of something else. */
const SILENT: ReadonlySet<string> = new Set(
  'engagement identify consent web_vital decision form_start form_abandon'.split(' '),
)

const isDeed = ({ evidence: { fact } }: TimelineEntry): boolean => !SILENT.has(fact.type)

interface Group {
  readonly type: string
  readonly what: string | null
  readonly occasions: Set<string>
  points: number
}

function groupsOf(entries: readonly TimelineEntry[], model: ScoringModel): readonly DeedGroup[] {
  const rules = new Set(model.engagement.rules.map(({ id }) => id))
  const groups = new Map<string, Group>()
  for (const entry of entries) {
    const { type, what, occasion } = occasionOf(entry)
    const key = `${type} ${what}`
    const group = groups.get(key) ?? { type, what, points: 0, occasions: new Set() }
    groups.set(key, group)
    if (isDeed(entry)) group.occasions.add(occasion)
    for (const { rule, points } of entry.effects) if (rules.has(rule)) group.points += points
  }
  return [...groups.values()]
    .filter(({ occasions }) => occasions.size > 0)
    .sort((a, b) => b.points - a.points || b.occasions.size - a.occasions.size)
    .map(({ type, what, occasions }) => ({ type, what, count: occasions.size }))
}

/** A report of engaged time speaks of its view. */
function occasionOf({ evidence: { fact, page, asset, form } }: TimelineEntry) {
  const isView = fact.type === 'page_view' || fact.type === 'engagement'
  return isView
    ? { type: 'page_view', what: page?.category ?? null, occasion: fact.session ?? fact.id }
    : { type: fact.type, what: asset?.file ?? form?.kind ?? null, occasion: fact.id }
}
