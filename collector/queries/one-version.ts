import type { ModelVersion } from '../contracts/model.ts'
import type { QueryDeps } from './deps.ts'

/**
 * Reads what takes several looks at the store under one version: when another one came in force meanwhile, reads again.
 * @param read is given the published versions of the site, oldest first
 */
export async function underOneVersion<T>(
  deps: Pick<QueryDeps, 'versionsOf'>,
  site: string,
  read: (versions: readonly ModelVersion[]) => Promise<T>,
): Promise<T> {
  for (;;) {
    const versions = await deps.versionsOf(site)
    const answer = await read(versions)
    const inForce = (await deps.versionsOf(site)).at(-1)
    if (inForce?.version === versions.at(-1)?.version) return answer
  }
}
