/** A line of the table of what the snippet must reach. */
export interface Row {
  readonly what: string
  readonly goal: string
  readonly measured: string
  /** the peers, measured the same way in the same run */
  readonly field: string
}

export const markdown = (rows: readonly Row[]): string =>
  [
    '| | goal | measured | the field, same run |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ what, goal, measured, field }) => `| ${[what, goal, measured, field].join(' | ')} |`),
  ].join('\n')
