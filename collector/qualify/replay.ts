import { type Advanced, advance } from '../advance/advance.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import {
  type Component,
  type Difference,
  type QueryStore,
  type StateStore,
  StoreError,
} from '../storage/store.ts'
import { loadConnected } from './connected.ts'
import { presentOf } from './present.ts'

const PAGE = 200

export interface ReplayDeps {
  readonly store: Pick<StateStore, 'loadComponent' | 'drift'> & Pick<QueryStore, 'subjects' | 'personIds'>
  readonly versionsOf: (site: string) => Promise<readonly ModelVersion[]>
  readonly idsOf: (site: string) => Promise<IdOf>
}

export interface ReplayResult {
  readonly persons: number
  readonly differences: readonly Difference[]
}

/**
 * Rebuilds every person of a site from the facts and compares with everything that is stored of them, byte for byte; and
 * finds who is stored though no fact gives them. Reads only. What is dirty has to be qualified before: a fact that waits
 * for its turn is no difference.
 * @param onProgress told how many more persons are compared; what it waits for, the walk waits for
 */
export async function verifyReplay(
  deps: ReplayDeps,
  site: string,
  now: number,
  onProgress: (persons: number) => void | Promise<void>,
): Promise<ReplayResult> {
  const differences: Difference[] = []
  const done = new Set<string>()
  const derived = new Set<string>()
  for await (const subject of paged(after => deps.store.subjects(site, after, PAGE))) {
    if (done.has(subject)) continue
    const replayed = await replay(deps, site, subject, now)
    for (const reached of [subject, ...replayed.subjects]) done.add(reached)
    for (const id of replayed.persons) derived.add(id)
    differences.push(...replayed.differences)
    await onProgress(replayed.persons.length)
  }
  for await (const id of paged(after => deps.store.personIds(site, after, PAGE))) {
    if (!derived.has(id)) differences.push({ person: id, parts: ['stray'] })
  }
  return { persons: derived.size, differences }
}

async function* paged(page: (after: string) => Promise<readonly string[]>): AsyncGenerator<string, void> {
  let after = ''
  for (;;) {
    const names = await page(after)
    yield* names
    after = names.at(-1) ?? after
    if (names.length < PAGE) return
  }
}

interface Replayed {
  readonly subjects: readonly string[]
  readonly persons: readonly string[]
  readonly differences: readonly Difference[]
}

async function replay(deps: ReplayDeps, site: string, subject: string, now: number): Promise<Replayed> {
  const [versions, idOf] = await Promise.all([deps.versionsOf(site), deps.idsOf(site)])
  let reached: Omit<Replayed, 'differences'> = { subjects: [], persons: [] }
  try {
    const component = await loadConnected(deps.store, { site, subject, idOf })
    const at = (instant: number) => advance({ site, facts: component.facts, versions, idOf, now: instant })
    const { persons, spans } = asPublished(component, at, now)
    const { subjects } = component
    reached = { subjects, persons: persons.map(({ id }) => id) }
    return { ...reached, differences: await deps.store.drift({ site, persons, subjects, spans }) }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return { ...reached, differences: [{ person: subject, parts: [`unreadable: ${error.message}`] }] }
  }
}

/** A row whose bytes are broken: what is stored of one person differs, and the others can be looked at. */
const isUnreadable = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.code === 'corrupt'

/** Derived up to now; for whom a due instant has passed that nobody has published yet, up to just before it. */
function asPublished(component: Component, at: (instant: number) => Advanced, now: number): Advanced {
  const latest = presentOf(
    now,
    component.facts,
    component.persons.map(({ state }) => state),
  )
  const derived = at(latest)
  const waiting = component.persons.filter(
    ({ state }) => state.nextDueAt !== null && state.nextDueAt <= latest,
  )
  if (waiting.length === 0) return derived
  const before = new Map(
    waiting.map(({ state }) => [
      state.id,
      at((state.nextDueAt ?? latest) - 1).persons.find(({ id }) => id === state.id),
    ]),
  )
  return { ...derived, persons: derived.persons.map(person => before.get(person.id) ?? person) }
}
