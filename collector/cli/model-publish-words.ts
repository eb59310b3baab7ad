import type { Previewed, Publishing } from '../models/publishing.ts'
import type { Rescoring } from '../storage/model-store.ts'
import { count, counted, instantWords } from './words.ts'

/** What a publish would do at once. */
export function previewLines(
  { mqls, newlyMql, lost, losingSoon }: Previewed,
  what: string,
): readonly string[] {
  const now = newlyMql.length
  const gone = lost.length
  const soon = losingSoon.length
  return [
    what,
    `  ${count(mqls.before, 'MQL')} now, ${mqls.after.toLocaleString('en')} right after`,
    now > 0
      ? `  ${counted(now, 'lead would newly be an MQL', 'leads would newly be MQLs')} by this alone; sales is told of each only when a person says so (goldpan handoffs)`
      : [],
    gone > 0 ? `  ${counted(gone, ...AGAIN)} at once` : [],
    soon > 0 ? `  ${counted(soon, ...AGAIN)} when the dwell ends` : [],
  ].flat()
}

const AGAIN = ['MQL would be a lead again', 'MQLs would be leads again'] as const

/** What became of a publish. */
export function publishedWords(publishing: Publishing): string {
  switch (publishing.outcome) {
    case 'published':
      return `version ${publishing.version.version} is in force`
    case 'preparing':
      return `version ${publishing.version.version} comes in force as soon as everybody is rescored, not before ${instantWords(publishing.version.publishedAt)}. A collector at work does that, or the next one that starts.`
    case 'unchanged':
      return `the model is version ${publishing.version.version}, which is in force`
    case 'tests_failed': {
      const failed = publishing.results.filter(({ pass }) => !pass)
      const each = failed.map(({ name, message }) => `\n  ✗ ${name}\n    ${message}`).join('')
      return `not published, its own tests fail:${each}`
    }
    case 'confirm_needed':
      return 'not published: it asks first, and there is nobody to ask. If the above is meant, add --yes.'
    case 'conflict':
      return 'not published: somebody else published meanwhile. Look at theirs, then try again.'
    case 'busy':
      return `not published: ${publishing.rescoring ? busyWords(publishing.rescoring) : 'everybody is being rescored'}. Try again when that is done.`
    case 'stopped':
      return 'stopped, nothing was published'
  }
}

/** Why nothing else can be published now. */
export function busyWords({ version, actor, done, total, isReady, inForceAt }: Rescoring): string {
  const what = `${version === null ? 'a rebuild' : `version ${version}`} (by ${actor})`
  if (isReady) return `${what} is ready and comes in force at ${instantWords(inForceAt)}`
  return `${what} is being prepared, ${done.toLocaleString('en')} of ${count(total, 'timeline')} done`
}
