import type { Condition } from '../../../contracts/model.ts'
import { leavesOf } from '../../../scoring/conditions.ts'
import type { Closer } from '../../closers.ts'
import type { When } from '../language.ts'
import { statement } from './conditions.ts'
import { deedName, traitName } from './names.ts'
import { and, capitalised, count } from './numbers.ts'
import { deadline, span } from './time.ts'

/** `One more pricing visit before Friday 16 January would be enough` */
export const closerInEnglish = (closer: Closer, when: When): string =>
  `${capitalised(closerNoun(closer, when))} would be enough${closer.path === 'fast_track' ? ' (fast track)' : ''}`

/** The same as a noun: `one more pricing visit before Friday 16 January`. */
export function closerNoun({ rule, traits, condition, times, again, until }: Closer, when: When): string {
  const hurry = until === null ? '' : ` ${deadline(until, when)}`
  const names = Object.keys(traits)
  if (names.length > 0) {
    const said = asksMore(condition) ? `that ${statement(condition)}` : `the ${and(names.map(traitName))}`
    return `learning${hurry} ${said}`
  }
  const more = again ? `${count(times)} more` : count(times)
  if (rule?.axis !== 'engagement') return `${more} visit${hurry}`
  const { is } = rule
  const deeds = `${more} ${deedName(is, times)}`
  // A window that has begun ends with its deadline.
  const within =
    is.window && times > 1 && times === is.window.atLeast ? ` within ${span(is.window.withinMs)}` : ''
  return `${deeds}${within}${hurry}`
}

/** Whether a trait must have some value, and not only be known. */
const asksMore = (condition: Condition | null): condition is Condition =>
  condition !== null && leavesOf(condition).some(({ is }) => !('known' in is))
