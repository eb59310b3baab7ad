/** One row of a corpus, judged. */
export interface Verdict {
  /** whose figures it counts for: a source, a tier, a way of labelling */
  readonly group: string
  readonly subject: string
  readonly expected: string
  /** other answers that the corpus lets pass */
  readonly alsoRight?: readonly string[]
  readonly got: string
}

const SUBJECT_CHARS = 110

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3))

const isRight = ({ expected, alsoRight = [], got }: Verdict): boolean =>
  got === expected || alsoRight.includes(got)

/** The figures of every group: accuracy, recall and precision by label, then the misses by kind of mistake. */
export const verdictLines = (title: string, verdicts: readonly Verdict[]): readonly string[] =>
  grouped(verdicts, ({ group }) => group).flatMap(([group, ofGroup]) => [
    accuracyLine(`${title}, ${group}`, ofGroup),
    ...labelLines(ofGroup),
    ...missLines(ofGroup.filter(verdict => !isRight(verdict))),
  ])

/** One line for rows of several groups together. */
export function accuracyLine(title: string, verdicts: readonly Verdict[]): string {
  const right = verdicts.filter(isRight).length
  return `\n${title}: accuracy ${share(right, verdicts.length)}  (${right} of ${verdicts.length} rows)`
}

/** An answer that the corpus lets pass counts for the label it stands in for. */
function labelLines(verdicts: readonly Verdict[]): readonly string[] {
  const settled = verdicts.map(verdict =>
    isRight(verdict) ? { ...verdict, got: verdict.expected } : verdict,
  )
  return grouped(settled, ({ expected }) => expected).map(([label, ofLabel]) => {
    const right = ofLabel.filter(({ got }) => got === label).length
    const claimed = settled.filter(({ got }) => got === label).length
    return `  ${label.padEnd(12)} recall ${share(right, ofLabel.length)}, precision ${share(right, claimed)}  (${right} of ${ofLabel.length}, claimed ${claimed})`
  })
}

const missLines = (misses: readonly Verdict[]): readonly string[] =>
  grouped(misses, ({ expected, got }) => `${expected} → ${got}`).flatMap(([kind, ofKind]) => [
    `  missed  ${kind}: ${ofKind.length}`,
    ...ofKind.map(({ subject }) => `            ${subject.slice(0, SUBJECT_CHARS)}`),
  ])

function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups]
}
