import { advance } from '../../../collector/advance/advance.ts'
import { readSpan } from '../../../collector/cli/diff-terms.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import { diffModels } from '../../../collector/models/diff/diff.ts'
import type { ModelDiff, Period } from '../../../collector/models/diff/shapes.ts'
import { loadConnected } from '../../../collector/qualify/connected.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import type { Store } from '../../../collector/storage/store.ts'
import { bruteLives, bruteOutcome, withoutLeaks } from '../../models/diff/brute-force.ts'

export interface Compared {
  /** leads of the whole year, each worked out the long way under both models */
  readonly leads: number
  /** whose day, or verdict, differs; ids */
  readonly differing: readonly string[]
}

interface Given {
  readonly site: string
  readonly store: Store
  readonly models: { readonly old: ScoringModel; readonly new: ScoringModel }
  readonly span: { readonly since: string; readonly until: string }
  readonly now: number
}

/** Holds a model diff of a stored year against brute force, for everybody: when each model calls them, and their outcome. */
export async function compareAll(components: Iterable<readonly Fact[]>, given: Given): Promise<Compared> {
  const period = readSpan(given.span, given.models.new.timezone, given.now)
  const idOf = await personIdsOf(given.store)(given.site)
  const found = foundIn(await diffOf(given, period))
  const differing: string[] = []
  let leads = 0
  for (const whole of components) {
    const seen = withoutLeaks(whole.filter(({ occurredAt }) => occurredAt <= period.until))
    const lives = { idOf, site: given.site, until: period.until }
    const fresh = bruteLives(seen, given.models.new, lives)
    for (const [id, { mqlAt }] of bruteLives(seen, given.models.old, lives)) {
      leads += 1
      const both = [mqlAt, fresh.get(id)?.mqlAt ?? null]
      const isCounted = both.some(at => at !== null && at >= period.since)
      const expected = isCounted
        ? JSON.stringify([...both, bruteOutcome(whole, id, period.until).kind])
        : undefined
      if (found.get(id) !== expected) differing.push(id)
      found.delete(id)
    }
  }
  return { leads, differing: [...differing, ...found.keys()] }
}

async function diffOf({ site, store, models }: Given, period: Period): Promise<ModelDiff> {
  const idOf = await personIdsOf(store)(site)
  const name = { label: '', name: '', version: null }
  const diff = await diffModels({
    ...{ site, advance, idOf, models, period, names: { old: name, new: name } },
    ...{ maturityMs: 0, minN: 1, listed: Number.POSITIVE_INFINITY },
    history: {
      subjects: (after, limit) => store.subjects(site, after, limit),
      load: async subject => ({ ...(await loadConnected(store, { site, subject, idOf })), handoffs: [] }),
    },
    onProgress: async () => undefined,
    stop: new AbortController().signal,
  })
  if (!diff) throw new Error('stopped')
  return diff
}

const foundIn = ({ gained, lost, kept }: ModelDiff): Map<string, string> =>
  new Map(
    [gained, lost, kept]
      .flatMap(({ people }) => people)
      .map(({ id, oldAt, newAt, outcome }) => [id, JSON.stringify([oldAt, newAt, outcome])]),
  )
