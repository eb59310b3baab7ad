import type { ModelVersion } from '../contracts/model.ts'
import type { Signals } from '../signals.ts'
import type { ModelStore } from '../storage/store.ts'

/**
 * The published versions of each site, kept in memory: whoever judges by a model holds the same object, so that what was
 * compiled for it stays compiled. A publish in this process is seen at once.
 */
export function publishedModels(
  store: ModelStore,
  signals: Signals,
): (site: string) => Promise<readonly ModelVersion[]> {
  const known = new Map<string, Promise<readonly ModelVersion[]>>()
  signals.subscribe(signal => {
    if (signal.kind === 'published') known.delete(signal.site)
  })
  return site => {
    const versions = known.get(site) ?? store.modelVersions(site)
    known.set(site, versions)
    versions.catch(() => known.delete(site))
    return versions
  }
}
