/** A table's cell: its text, and how it looks once it is as wide as its column. */
export interface Cell {
  readonly text: string
  readonly align?: 'right'
  readonly paint?: (text: string) => string
}

/**
 * Lines of a table whose columns are as wide as their widest cell, two spaces apart.
 * @param indent spaces before each line
 */
export function columns(rows: readonly (readonly (Cell | string)[])[], indent = 2): readonly string[] {
  const cells = rows.map(row => row.map(cell => (typeof cell === 'string' ? { text: cell } : cell)))
  const count = Math.max(0, ...cells.map(row => row.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...cells.map(row => lengthOf(row[column]?.text ?? ''))),
  )
  return cells.map(row => {
    const line = row.map((cell, column) => fitted(cell, widths[column] ?? 0, column === row.length - 1))
    return `${' '.repeat(indent)}${line.join('  ')}`.trimEnd()
  })
}

function fitted({ text, align, paint }: Cell, width: number, isLast: boolean): string {
  const gap = ' '.repeat(Math.max(0, width - lengthOf(text)))
  const shown = paint && text !== '' ? paint(text) : text
  if (align === 'right') return gap + shown
  return isLast ? shown : shown + gap
}

/** In characters as people count them. */
const lengthOf = (text: string): number => [...text].length

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/**
 * A bar of a value on a scale, with a mark where the target lies if the bar does not reach it.
 * @param most value at full width
 */
export function bar(value: number, most: number, width: number, target: number | null): string {
  const eighths = Math.round((most > 0 ? value / most : 0) * width * 8)
  const drawn = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
  const blank = drawn.padEnd(width)
  if (target === null || target > most || most <= 0) return blank
  const at = Math.min(width - 1, Math.round((target / most) * width))
  return blank.charAt(at) === ' ' ? `${blank.slice(0, at)}┊${blank.slice(at + 1)}` : blank
}

/** A text from anywhere: without characters that steer a terminal, and no longer than `most`. */
export function plain(text: string, most: number): string {
  const clean = [...text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')]
  return clean.length > most ? `${clean.slice(0, most - 1).join('')}…` : clean.join('')
}
