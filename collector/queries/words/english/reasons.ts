import type { EngagementRule } from '../../../contracts/model.ts'
import type { ScoreReason } from '../../../contracts/state.ts'
import type { ReasonLine } from '../language.ts'
import { statement } from './conditions.ts'
import { deedName } from './names.ts'
import { amount, capitalised, times } from './numbers.ts'
import { span } from './time.ts'

/** `5 pricing visits: 30 of 50 points count (at most 30 a day), worth 12.4 by now` */
export function reasonInEnglish(line: ReasonLine): string {
  if (line.axis === 'fit') return capitalised(statement(line.rule.if))
  const { reason, rule } = line
  const worth = [...capWords(rule, reason), ...decayWords(reason)].join(', ')
  return `${deedsDone(rule, reason)}${worth === '' ? '' : `: ${worth}`}`
}

/** What was done, and how often: `5 pricing visits`, `3 pricing visits within 14 days, twice`. */
function deedsDone(rule: EngagementRule, reason: ScoreReason): string {
  const { window } = rule
  if (!window || window.atLeast === 1) return `${reason.count} ${deedName(rule, reason.count)}`
  const once = `${window.atLeast} ${deedName(rule, window.atLeast)} within ${span(window.withinMs)}`
  return reason.count > 1 ? `${once}, ${times(reason.count)}` : once
}

function capWords({ cap }: EngagementRule, { earned, capped }: ScoreReason): readonly string[] {
  if (!cap || capped === 0) return []
  const limit = `at most ${amount(cap.points)} ${cap.per === 'day' ? 'a day' : 'in all'}`
  return [`${amount(earned - capped)} of ${amount(earned)} points count (${limit})`]
}

function decayWords({ earned, capped, decayed }: ScoreReason): readonly string[] {
  const credited = earned - capped
  return amount(credited) === amount(decayed)
    ? []
    : [`worth ${amount(decayed)} of ${amount(credited)} by now`]
}
