import { advance } from '../advance/advance.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { QueryStore, StateStore } from '../storage/store.ts'
import { loadConnected } from './qualify.ts'

const PAGE = 200

export interface ReplayDeps {
  readonly store: StateStore & Pick<QueryStore, 'personIds' | 'person'>
  readonly versionsOf: (site: string) => Promise<readonly ModelVersion[]>
  readonly idsOf: (site: string) => Promise<IdOf>
}

export interface Difference {
  readonly person: string
  /** names of the state's parts that differ; `missing`: facts no longer give this person */
  readonly parts: readonly string[]
}

export interface ReplayResult {
  readonly persons: number
  readonly differences: readonly Difference[]
}

/**
 * Rebuilds every person of a site from the facts and compares with what is stored, byte for byte. Reads only. What is
 * dirty has to be qualified before: a fact that waits for its turn is no difference.
 * @param onProgress told the number of persons compared so far
 */
export async function verifyReplay(
  deps: ReplayDeps,
  site: string,
  now: number,
  onProgress: (persons: number) => void,
): Promise<ReplayResult> {
  const differences: Difference[] = []
  let persons = 0
  let after = ''
  for (;;) {
    const ids = await deps.store.personIds(site, after, PAGE)
    for (const id of ids) {
      const parts = await compare(deps, site, id, now)
      if (parts.length > 0) differences.push({ person: id, parts })
    }
    persons += ids.length
    onProgress(persons)
    after = ids.at(-1) ?? after
    if (ids.length < PAGE) return { persons, differences }
  }
}

async function compare(deps: ReplayDeps, site: string, id: string, now: number): Promise<readonly string[]> {
  const stored = await deps.store.person(site, id)
  const subject = stored?.state.subjects[0]
  if (!stored || subject === undefined) return []
  const [versions, idOf] = await Promise.all([deps.versionsOf(site), deps.idsOf(site)])
  const { facts } = await loadConnected(deps.store, idOf, site, subject)
  const rebuilt = advance({ site, facts, versions, idOf, now: asKnown(stored.state, now) })
  return partsThatDiffer(
    stored.state,
    rebuilt.persons.find(person => person.id === id),
  )
}

/** Up to the due instant that nobody has published yet. */
const asKnown = ({ nextDueAt }: PersonState, now: number): number =>
  nextDueAt !== null && nextDueAt <= now ? nextDueAt - 1 : now

function partsThatDiffer(stored: PersonState, rebuilt: PersonState | undefined): readonly string[] {
  if (!rebuilt) return ['missing']
  const parts = new Set([...Object.keys(stored), ...Object.keys(rebuilt)])
  const part = (state: PersonState, name: string): string =>
    JSON.stringify((state as unknown as Readonly<Record<string, unknown>>)[name])
  return [...parts].filter(name => part(stored, name) !== part(rebuilt, name))
}
