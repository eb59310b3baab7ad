import { EVENT_PROPS } from '../../shared/events.ts'
import { LIMITS } from '../../shared/limits.ts'
import type { FactStore } from '../storage/store.ts'
import type { Flaw } from './flaw.ts'

/** The names of custom events that a site has, in memory as long as the process runs. */
export interface SiteNames {
  /** Of one site, as stored; what is recorded from then on is among them. Rejects as the store does. */
  of(site: string): Promise<ReadonlySet<string>>
  /** The same `record`, which learns the names of what it has committed. */
  learning(record: FactStore['record']): FactStore['record']
}

const VOCABULARY: ReadonlySet<string> = new Set(Object.keys(EVENT_PROPS))
/** As many as ingest ever lets in, and room for the vocabulary. */
const MOST_NAMES = LIMITS.serverNames + VOCABULARY.size

export function openSiteNames(store: Pick<FactStore, 'eventNames'>): SiteNames {
  const bySite = new Map<string, Set<string>>()

  async function load(site: string): Promise<ReadonlySet<string>> {
    const stored = await store.eventNames(site, MOST_NAMES)
    const known = bySite.get(site) ?? new Set()
    for (const name of stored) if (!VOCABULARY.has(name)) known.add(name)
    bySite.set(site, known)
    return known
  }

  return {
    of: async site => bySite.get(site) ?? load(site),
    learning: record => async batch => {
      const result = await record(batch)
      for (const [nth, { site, type }] of batch.facts.entries())
        if (result.outcomes[nth] === 'accepted' && !VOCABULARY.has(type)) bySite.get(site)?.add(type)
      return result
    },
  }
}

/**
 * For one request: says of each event's name whether its site has room for it. Everybody can read a public key, and fill a
 * site with names that no list or model has any use for.
 * @param known undefined: the site's names are not counted
 */
export function roomForNames(
  known: ReadonlySet<string> | undefined,
  origin: 'browser' | 'server',
): (name: string) => Flaw | null {
  if (!known) return () => null
  const most = origin === 'server' ? LIMITS.serverNames : LIMITS.names
  const fresh = new Set<string>()
  return name => {
    if (VOCABULARY.has(name) || known.has(name) || fresh.has(name)) return null
    if (known.size + fresh.size >= most) return tooMany(most)
    fresh.add(name)
    return null
  }
}

const tooMany = (most: number): Flaw => ({
  code: 'too_many_names',
  path: '/type',
  message: `expected at most ${most} names of custom events on a site, came another one. Put what differs from event to event into props; released from quarantine, this name is taken from then on.`,
})
