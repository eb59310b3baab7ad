import { canonicalName, canonicalPath, type GlobTest, nameGlob, pathGlob } from '../../shared/glob.ts'
import type { GlobGroup } from '../contracts/model.ts'

/**
 * The name of the first group one of whose globs matches, or null. Compile once per model.
 * @param syntax `path` for pages (`*` within a segment), `name` for files and forms (`*` anything)
 */
export function compileGlobs(
  groups: readonly GlobGroup[],
  syntax: 'path' | 'name' = 'path',
): (text: string) => string | null {
  const [canonical, compile] = syntax === 'path' ? [canonicalPath, pathGlob] : [canonicalName, nameGlob]
  const compiled = groups.map(group => ({ name: group.name, tests: group.globs.map(compile) }))
  return text => {
    const subject = canonical(text)
    return compiled.find(group => group.tests.some(test => test(subject)))?.name ?? null
  }
}

/** Any of the globs, over text already canonical. */
export function anyGlob(globs: readonly string[], compile: (glob: string) => GlobTest): GlobTest {
  const tests = globs.map(compile)
  return text => tests.some(test => test(text))
}
