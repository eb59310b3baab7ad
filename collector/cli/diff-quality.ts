import type { Comparison, ModelDiff, Share } from '../models/diff/shapes.ts'
import { durationWords } from '../models/diff/words.ts'
import { type Cell, columns } from './columns.ts'
import { tooFew } from './diff-words.ts'
import type { Paint } from './paint.ts'

/** How far the figures may be trusted stands beside them: n, interval, and who was left out and why. */
export function qualityLines(diff: ModelDiff, paint: Paint): readonly string[] {
  const { precision, recall, verdict, minN, maturityMs } = diff.quality
  const age = durationWords(maturityMs)
  const row = (what: string, { old: before, new: after }: { old: Share; new: Share }, said: Comparison) => [
    what,
    shareWords(before, minN),
    shareWords(after, minN),
    COMPARED[said],
  ]
  const left = (what: string, before: number, after: number): readonly (readonly (Cell | string)[])[] =>
    before + after > 0
      ? [[{ text: what, paint: text => paint('dim', text) }, String(before), String(after)]]
      : []
  const { old: p, new: q } = precision
  return [
    ...columns([
      ['', 'old', 'new'],
      row('of its MQLs, turned out good (precision)', precision, verdict.precision),
      ...left(`    left out: MQL for less than ${age}`, p.tooYoung, q.tooYoung),
      ...left('    left out: sales has not judged them', p.unjudged, q.unjudged),
      ...left('    left out: MQL only after the verdict', p.afterVerdict, q.afterVerdict),
      ...left('    counted, MQL only after sales took them up', p.afterContact, q.afterContact),
      row('of the good, were its MQLs before (recall)', recall, verdict.recall),
      ...left(`    left out: lead for less than ${age}`, recall.old.tooYoung, recall.new.tooYoung),
    ]),
    ...notes(diff, paint),
  ]
}

/** What must be known to trust the figures. */
function notes({ quality, refused, period, old, new: fresh }: ModelDiff, paint: Paint): readonly string[] {
  const { precision, maturityMs } = quality
  const warn = (text: string): string => paint('yellow', `  ${text}`)
  const thin = [
    precision.new.unjudged > precision.new.n ? fresh.label : [],
    precision.old.unjudged > precision.old.n ? old.label : [],
  ].flat()
  const isYoung = period.until - maturityMs < period.since
  return [
    paint(
      'dim',
      '  Good: sales qualified or customer. Not good: given back or disqualified. In brackets: Wilson 95 % interval.',
    ),
    ...thin.map(label =>
      warn(
        `Careful: sales has judged fewer than half of the MQLs of ${label}; the figures speak of those alone.`,
      ),
    ),
    ...(isYoung
      ? [
          warn(
            `Every MQL of this period is younger than ${durationWords(maturityMs)}: look further back with --since.`,
          ),
        ]
      : []),
    ...refused.map(({ name, people, askedBy }) =>
      warn(
        `Not counted: ${name}, which sales or the CRM entered after the hand-over (${people} leads); asked by ${askedBy.join(', ')}.`,
      ),
    ),
  ]
}

function shareWords(share: Share, minN: number): string {
  if (share.share === null || share.interval === null) return tooFew(share, minN)
  const { low, high } = share.interval
  return `${percent(share.share)} % (${percent(low)}–${percent(high)}) ${share.k} of ${share.n}`
}

const percent = (share: number): number => Math.round(share * 100)

const COMPARED: Readonly<Record<Comparison, string>> = {
  higher: 'higher',
  lower: 'lower',
  no_clear_difference: 'no clear difference',
  not_enough_data: '',
}
