import type { Clock } from '../contracts/clock.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { Store } from '../storage/store.ts'

/** What every query is given. */
export interface QueryDeps {
  readonly store: Store
  readonly clock: Clock
  /** published model versions of a site, oldest first */
  readonly versionsOf: (site: string) => Promise<readonly ModelVersion[]>
  /** the keyed hash that a site's ids are made of */
  readonly idsOf: (site: string) => Promise<IdOf>
}

/** The version in force now. A site is made with its first one, so there always is one. */
export function versionInForce(versions: readonly ModelVersion[]): ModelVersion {
  const latest = versions.at(-1)
  if (!latest) throw new Error('Expected a site with a published model, found none: publish goldpan.yaml.')
  return latest
}
