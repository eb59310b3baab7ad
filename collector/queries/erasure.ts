import { type Advanced, advance } from '../advance/advance.ts'
import { byOccurrence, type Fact } from '../contracts/facts.ts'
import { traitValue } from '../enrich/values.ts'
import type { Signals } from '../signals.ts'
import type { Erased } from '../storage/erasure-store.ts'
import type { Component, Store } from '../storage/store.ts'
import type { QueryDeps } from './deps.ts'
import { identifiersOf } from './erased-names.ts'
import { planErasure, type Surroundings, textsOf, type Whom } from './erasure-plan.ts'
import { type Answer, answered, refused } from './refusal.ts'

export interface ErasureDeps extends QueryDeps {
  readonly signals: Signals
  /** qualify/connected.ts, loadConnected */
  readonly connectedTo: (
    store: Store,
    seed: Pick<Surroundings, 'site' | 'idOf'> & { readonly subject: string },
  ) => Promise<Pick<Component, 'facts' | 'persons'>>
}

/** Whom a person asks to erase: by e-mail address, or by the id of a lead or of an anonymous visitor. */
export interface ErasureRequest {
  readonly site: string
  readonly email?: string
  readonly lead?: string
}

/** What was taken out, and until when nothing of them is taken any more. */
export type ErasureResult = Erased & {
  readonly site: string
  /** epoch ms */
  readonly erasedAt: number
}

/** Each reads everything of the person; two are enough where nothing comes in between (our choice). */
const MOST_ATTEMPTS = 25

const NOTHING: Erased = { events: 0, persons: 0, handoffs: 0, changes: 0, quarantined: 0, blotted: 0 }

/**
 * Erases a person: everything they did and everything that was made of it, in one commit. Asked again it finds nothing, and
 * moves the tombstones of an address to now. What came in the meantime makes it start anew, and what came just before the
 * commit is looked for after it, for from then on nothing more can come. Under traffic that never pauses it gives up:
 * `not_settled`; what it has taken out by then stays out.
 */
export async function erasePerson(
  deps: ErasureDeps,
  request: ErasureRequest,
): Promise<Answer<ErasureResult>> {
  const asked = await whomOf(deps, request)
  return asked.ok ? eraseWhom(deps, request.site, asked.value) : asked
}

/** The same for whom is known by names. */
export async function eraseWhom(
  deps: ErasureDeps,
  site: string,
  asked: Whom,
): Promise<Answer<ErasureResult>> {
  let whom = asked
  let total = NOTHING
  let isSealed = false
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const order = planErasure(await surroundingsOf(deps, site, whom), whom, deps.clock())
    const erased = await deps.store.erase(order)
    if (erased === 'conflict') continue
    deps.signals.emit({ kind: 'erased', site, subjects: order.subjects })
    total = sumOf(total, erased)
    // names they went by, too, of which only what is gone now told
    whom = { ...whom, identifiers: order.identifiers }
    if (isSealed && order.facts.length + order.mentions.length === 0)
      return answered({ site, erasedAt: order.erasedAt, ...total })
    isSealed = true
  }
  return refused(
    'not_settled',
    `Events of this person kept coming while they were looked for, ${MOST_ATTEMPTS} times in a row. Try again.`,
  )
}

async function whomOf({ store }: QueryDeps, { site, email, lead }: ErasureRequest): Promise<Answer<Whom>> {
  if (email !== undefined) {
    const address = traitValue('email', email)
    return address === null
      ? refused('invalid_body', `email: expected an address, got ${JSON.stringify(email.slice(0, 60))}.`)
      : answered({ identifiers: alike(`email:${address}`), ids: [] })
  }
  const id = lead ?? ''
  const known = (await store.person(site, id))?.state.identifier ?? null
  return answered({ identifiers: known === null ? [] : alike(known), ids: [id] })
}

/** Everything connected to them, and to whatever else says their name: facts that nobody has qualified yet, too. */
async function surroundingsOf(deps: ErasureDeps, site: string, whom: Whom): Promise<Surroundings> {
  const [idOf, versions] = await Promise.all([deps.idsOf(site), deps.versionsOf(site)])
  const facts = new Map<string, Fact>()
  const subjects = new Set<string>()
  const unnamed = new Set<string>()
  const reach = async (subject: string): Promise<void> => {
    if (subjects.has(subject)) return
    const component = await deps.connectedTo(deps.store, { site, subject, idOf })
    subjects.add(subject)
    for (const { state } of component.persons) if (state.identifier === null) unnamed.add(state.id)
    for (const fact of component.facts) {
      facts.set(fact.id, fact)
      subjects.add(fact.subject)
    }
  }
  for (const id of [...whom.ids, ...whom.identifiers.map(idOf)])
    for (const subject of await timelinesOf(deps, site, id)) await reach(subject)
  // whether or not anything connects them
  const naming = await deps.store.factsNaming(site, textsOf(whom.identifiers))
  for (const fact of naming)
    if (identifiersOf(fact).some(name => whom.identifiers.includes(name))) await reach(fact.subject)
  const ordered = [...facts.values()].sort(byOccurrence)
  const resolved: Advanced =
    ordered.length === 0
      ? { persons: [], spans: [] }
      : advance({ site, facts: ordered, versions, idOf, now: ordered.at(-1)?.occurredAt ?? 0 })
  return {
    ...{ site, idOf, facts: ordered, naming, subjects: [...subjects], spans: resolved.spans },
    persons: resolved.persons.map(({ id }) => id),
    unnamed: [...unnamed],
  }
}

/** The id is itself a timeline, of people's words on the lead. */
const timelinesOf = async ({ store }: QueryDeps, site: string, id: string): Promise<readonly string[]> => [
  id,
  ...((await store.person(site, id))?.state.subjects ?? []),
]

/** With a test key they tried out the same address. */
const alike = (identifier: string): readonly string[] => {
  const name = identifier.replace(/^test:/, '')
  return [name, `test:${name}`]
}

const sumOf = (a: Erased, b: Erased): Erased => ({
  events: a.events + b.events,
  persons: a.persons + b.persons,
  handoffs: a.handoffs + b.handoffs,
  changes: a.changes + b.changes,
  quarantined: a.quarantined + b.quarantined,
  blotted: a.blotted + b.blotted,
})
