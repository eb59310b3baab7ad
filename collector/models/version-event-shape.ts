import type { VersionEvent } from './versions.ts'

const rfc3339 = (ms: number): string => new Date(ms).toISOString()

/** One line of a site's model history, as the API and `goldpan model history --json` show it. */
export const versionEventShape = (event: VersionEvent) => {
  const { version, actor, at, inForceAt, switchedAt, done, total } = event
  return {
    kind: version === null ? ('rebuild' as const) : ('publish' as const),
    version: version?.version ?? null,
    name: version?.model.name ?? null,
    hash: version?.hash ?? null,
    tests: version?.model.tests.length ?? null,
    by: actor || null,
    at: rfc3339(at),
    inForceSince: switchedAt === null ? null : rfc3339(inForceAt),
    rescored: { done, total },
  }
}
