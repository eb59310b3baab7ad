import { DAY_MS } from '../../shared/time.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Signals } from '../signals.ts'
import type { Forgettable, Forgotten, Unseen, UnseenQuery } from '../storage/retention-store.ts'
import type { Component, Store } from '../storage/store.ts'
import type { QueryDeps } from './deps.ts'
import { timelineName } from './erased-names.ts'

/** How long what is kept (trust.md, Privacy), ms since the last thing that happened; null: for ever. */
export interface RetentionPeriods {
  /** events that failed their check, since they came */
  readonly quarantineMs: number | null
  /** visitors whom nothing identifies */
  readonly anonymousMs: number | null
  /** identified people who are not customers, since anything was done by them or said of them */
  readonly leadsMs: number | null
}

/** @default of trust.md; 24 months are 730 days */
export const RETENTION_DEFAULTS: RetentionPeriods = {
  quarantineMs: 30 * DAY_MS,
  anonymousMs: 90 * DAY_MS,
  leadsMs: 730 * DAY_MS,
}

export interface RetentionDeps extends QueryDeps {
  readonly signals: Signals
  /** qualify/connected.ts, loadConnected */
  readonly connectedTo: (
    store: Store,
    seed: { readonly site: string; readonly subject: string; readonly idOf: IdOf },
  ) => Promise<Pick<Component, 'facts' | 'subjects' | 'identifiers' | 'persons' | 'marks'>>
  /** between two commits: live traffic goes first */
  readonly pause: () => Promise<void>
  readonly stop?: AbortSignal
}

export interface RetentionReport {
  readonly site: string
  readonly quarantined: number
  readonly anonymous: Forgotten
  readonly leads: Forgotten
}

/** So many components, or events of quarantine, go in one commit: some ten milliseconds (our choice). */
const STEP = 20
const QUARANTINE_STEP = 500
/** Long-unseen people looked at in one read. */
const PAGE = 200

const NOTHING: Forgotten = { components: 0, events: 0, persons: 0, handoffs: 0 }

/**
 * Takes out of a site what is older than its period. Only whole components go, so that whoever stays is scored as before.
 * @param isTrial counts, and changes nothing
 */
export async function applyRetention(
  deps: RetentionDeps,
  site: string,
  periods: RetentionPeriods,
  isTrial = false,
): Promise<RetentionReport> {
  const now = deps.clock()
  const { quarantineMs, anonymousMs, leadsMs } = periods
  const forget = (who: UnseenQuery['who'], periodMs: number | null): Promise<Forgotten> | Forgotten =>
    periodMs === null ? NOTHING : forgetUnseen(deps, { site, who, before: now - periodMs }, isTrial)
  return {
    site,
    quarantined: quarantineMs === null || isTrial ? 0 : await sweep(deps, site, now - quarantineMs),
    anonymous: await forget('anonymous', anonymousMs),
    leads: await forget('leads', leadsMs),
  }
}

async function sweep({ store, pause, stop }: RetentionDeps, site: string, before: number): Promise<number> {
  let total = 0
  while (!stop?.aborted) {
    const swept = await store.sweepQuarantine(site, before, QUARANTINE_STEP)
    if (swept === 0) break
    total += swept
    await pause()
  }
  return total
}

type Whom = Pick<UnseenQuery, 'site' | 'who' | 'before'>

async function forgetUnseen(deps: RetentionDeps, whom: Whom, isTrial: boolean): Promise<Forgotten> {
  const known = { idOf: await deps.idsOf(whom.site), seen: new Set<string>() }
  let total = NOTHING
  for await (const page of unseenPages(deps, whom)) {
    const due = await dueAmong(deps, whom, page, known)
    total = sumOf(total, isTrial ? countOf(due) : await forgetAll(deps, due))
  }
  return total
}

async function* unseenPages({ store, stop }: RetentionDeps, whom: Whom): AsyncGenerator<readonly Unseen[]> {
  for (let after: Unseen | null = null; !stop?.aborted; ) {
    const page: readonly Unseen[] = await store.longUnseen({ ...whom, after, limit: PAGE })
    yield page
    after = page.at(-1) ?? null
    if (after === null) return
  }
}

async function forgetAll(
  { store, signals, pause, stop }: RetentionDeps,
  due: readonly Forgettable[],
): Promise<Forgotten> {
  let total = NOTHING
  for (let from = 0; from < due.length && !stop?.aborted; from += STEP) {
    const step = due.slice(from, from + STEP)
    total = sumOf(total, await store.forget(step))
    for (const { site, subjects } of step) signals.emit({ kind: 'erased', site, subjects })
    await pause()
  }
  return total
}

/** @param known.seen everybody who was looked at with somebody else */
async function dueAmong(
  { store, connectedTo }: RetentionDeps,
  { site, who, before }: Whom,
  page: readonly Unseen[],
  { idOf, seen }: { readonly idOf: IdOf; readonly seen: Set<string> },
): Promise<readonly Forgettable[]> {
  const due: Forgettable[] = []
  for (const { person, subject } of page) {
    if (subject === null || seen.has(person)) continue
    // requests go first: a store that answers at once would be asked of everybody in one turn
    await nextTurn()
    const component = await connectedTo(store, { site, subject, idOf })
    for (const { state } of component.persons) seen.add(state.id)
    if (isDue(component, who, before)) due.push(forgettable(site, component, idOf))
  }
  return due
}

/** Nobody in it did anything since, nothing was said of them, and nothing waits. When an import came counts as since. */
function isDue(
  { facts, persons, marks }: Pick<Component, 'facts' | 'persons' | 'marks'>,
  who: UnseenQuery['who'],
  before: number,
): boolean {
  const isOf = ({ state }: Component['persons'][number]): boolean =>
    who === 'anonymous' ? state.identifier === null : state.stage !== 'customer'
  return (
    marks.length === 0 &&
    persons.every(isOf) &&
    facts.every(({ occurredAt, receivedAt }) => Math.max(occurredAt, receivedAt) < before)
  )
}

/** A lead that was merged away is a timeline of words, too; and rows of who somebody was may wait to be taken away. */
function forgettable(
  site: string,
  {
    facts,
    subjects,
    identifiers,
    persons,
  }: Pick<Component, 'facts' | 'subjects' | 'identifiers' | 'persons'>,
  idOf: IdOf,
): Forgettable {
  const ids = [
    ...persons.map(({ state }) => state.id),
    ...subjects,
    ...subjects.map(subject => idOf(timelineName(subject))),
    ...identifiers.map(idOf),
  ]
  return { site, subjects, facts: facts.map(({ id }) => id), persons: [...new Set(ids)] }
}

/** Of a trial: who would go. People of theirs that are not shown are counted by the commit alone. */
const countOf = (step: readonly Forgettable[]): Forgotten => ({
  ...NOTHING,
  components: step.length,
  events: step.reduce((sum, { facts }) => sum + facts.length, 0),
})

const sumOf = (a: Forgotten, b: Forgotten): Forgotten => ({
  components: a.components + b.components,
  events: a.events + b.events,
  persons: a.persons + b.persons,
  handoffs: a.handoffs + b.handoffs,
})

const nextTurn = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })
