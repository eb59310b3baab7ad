import { DAY_MS } from '../../shared/time.ts'
import type { Group, ModelDiff, Share } from '../models/diff/shapes.ts'
import { count } from './words.ts'

/** A model diff's answer in two or three sentences. */
export function headline(diff: ModelDiff): readonly string[] {
  return [volume(diff), ...price(diff), ...aim(diff)]
}

function volume(diff: ModelDiff): string {
  const { mqls, gained, lost, kept } = diff
  if (gained.total + lost.total + kept.total === 0)
    return 'Neither model makes anybody an MQL in this period.'
  if (gained.total + lost.total === 0)
    return `The same ${count(kept.total, 'MQL')} under both models${monthly(diff)}.`
  const difference = mqls.new - mqls.old
  const more =
    difference === 0
      ? `As many MQLs as before, ${mqls.new}`
      : `${count(Math.abs(difference), difference > 0 ? 'more MQL' : 'fewer MQL')}, ${mqls.new} instead of ${mqls.old}`
  return `${more}: ${gained.total} gained, ${lost.total} lost${monthly(diff)}.`
}

/** A month on average (365.25 / 12 days). */
export const DAYS_A_MONTH = 365.25 / 12

/** Against the target; nothing for a period too short to speak of months. */
function monthly({ mqls, mqlsPerMonthTarget: target, period }: ModelDiff): string {
  const months = (period.until - period.since) / DAY_MS / DAYS_A_MONTH
  if (months < 1) return ''
  const rate = (number: number): number => {
    const each = number / months
    return each < 10 ? Math.round(each * 10) / 10 : Math.round(each)
  }
  const [old, fresh] = [rate(mqls.old), rate(mqls.new)]
  const aim = target === null ? '' : `, the target is ${target}`
  return ` (${fresh} a month${old === fresh ? '' : ` instead of ${old}`}${aim})`
}

/** What of value goes and comes, as far as sales has seen it. */
function price({ gained, lost }: ModelDiff): readonly string[] {
  return [
    ...(lost.total > 0 ? [`Lost: ${worth(lost)}.`] : []),
    ...(gained.total > 0 ? [`Gained: ${worth(gained)}.`] : []),
  ]
}

const worth = ({ outcomes }: Group): string =>
  outcomes.good > 0 ? outcomeWords(outcomes) : `none known to be good (${outcomeWords(outcomes)})`

function aim({ quality: { verdict, precision, minN } }: ModelDiff): readonly string[] {
  switch (verdict.precision) {
    case 'higher':
      return ['More of the new model’s MQLs turn out good, beyond chance.']
    case 'lower':
      return ['Fewer of the new model’s MQLs turn out good, beyond chance.']
    case 'no_clear_difference':
      return ['No clear difference in how many MQLs turn out good.']
    case 'not_enough_data':
      return [
        `Whether its MQLs are better: ${tooFew(precision.old.n < minN ? precision.old : precision.new, minN)}.`,
      ]
  }
}

export const tooFew = ({ n }: Pick<Share, 'n'>, minN: number): string =>
  `not enough data (n = ${n} of at least ${minN})`

export function outcomeWords({ good, bad, open }: Group['outcomes']): string {
  const parts = [
    good > 0 ? `${good} good` : [],
    bad > 0 ? `${bad} given back` : [],
    open > 0 ? `${open} not judged by sales` : [],
  ].flat()
  return parts.join(', ')
}
