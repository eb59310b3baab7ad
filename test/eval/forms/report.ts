import type { Miss, Score } from './score.ts'
import { letsIn } from './score.ts'

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3))

const total = (scores: readonly Score[], count: (score: Score) => number): number =>
  scores.reduce((sum, score) => sum + count(score), 0)

/** The figures of one source, a line each, then everything that went wrong. */
export function report(group: string, scores: readonly Score[]): readonly string[] {
  const right = total(scores, score => score.right)
  const wrong = total(scores, score => score.wrong.length)
  const labels = total(scores, score => score.labels)
  const missed = total(scores, score => score.missed.length)
  const traps = scores.flatMap(score =>
    score.wrong.filter(({ idx }) => score.form.fields.some(field => field.idx === idx && field.isHoneypot)),
  )
  const lost = scores.filter(score => score.lost.length > 0)
  const letIn = scores.filter(({ form }) => letsIn(form))
  const byDesign = scores.flatMap(score => score.byDesign)
  return [
    `\n${group}: ${scores.length} forms`,
    `  recall     ${share(labels - missed, labels)}  (${labels - missed} of ${labels} labels)`,
    `  precision  ${share(right, right + wrong)}  (${right} of ${right + wrong} claims)`,
    `  sensitive values sent   ${total(scores, score => score.leaks.length)}`,
    `  honeypots as traits     ${traps.length}  (values of honeypots sent: ${total(scores, score => score.trapsSent.length)})`,
    `  lead forms lost         ${lost.length}`,
    `  log-ins and resets      ${letIn.length}, recorded all the same: ${letIn.filter(({ isRecorded }) => isRecorded).length}; labels in those not recorded, by design: ${byDesign.length}`,
    ...scores.flatMap(({ form, failure }) => (failure ? [`  FAILED  ${form.id}: ${failure}`] : [])),
    ...lost.map(({ form, lost: ways }) => `  lost    ${form.id} (${form.kind}): ${ways.join(', ')}`),
    ...lines(
      'LEAK',
      scores.flatMap(score => score.leaks),
    ),
    ...lines(
      'trap',
      scores.flatMap(score => score.trapsSent),
    ),
    ...lines(
      'missed',
      scores.flatMap(score => score.missed),
    ),
    ...lines(
      'wrong',
      scores.flatMap(score => score.wrong),
    ),
    ...lines('design', byDesign),
    ...letIn.filter(({ isRecorded }) => isRecorded).map(({ form }) => `  let in  ${form.id} (${form.kind})`),
  ]
}

const lines = (what: string, misses: readonly Miss[]): readonly string[] =>
  misses.map(
    ({ form, idx, words, expected, got }) =>
      `  ${what.padEnd(7)} ${form} #${idx} “${words}”: expected ${expected}, got ${got}`,
  )
