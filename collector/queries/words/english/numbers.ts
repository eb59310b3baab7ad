const tenth = (n: number): number => Math.round(n * 10) / 10

/** To a tenth, the one way a score is shown, with a minus that a reader sees. */
export const amount = (n: number): string => String(tenth(n)).replace('-', '−')

/** What is missing of what is needed, so that it adds up with what is shown; a gap is never shown as 0. */
export function gap(has: number, needs: number): string {
  const shown = tenth(needs) - tenth(has)
  return shown > 0 ? amount(shown) : 'less than 0.1'
}

/** What is there of what is needed; not all of it while something is missing. */
export const soFar = (has: number, needs: number): string =>
  has < needs && tenth(has) >= tenth(needs) ? `just under ${amount(needs)}` : amount(has)

const COUNTS = 'no one two three four five six seven eight nine ten'.split(' ')

export const count = (n: number): string => COUNTS[n] ?? String(n)

export const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${count(n)} times`)

export const and = (parts: readonly string[]): string => enumerated(parts, 'and')
export const or = (parts: readonly string[]): string => enumerated(parts, 'or')

function enumerated(parts: readonly string[], word: string): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `an IT company`, `a retail company` */
export const withArticle = (noun: string): string =>
  `${/^(?:[aeio]|u[^ns]|HR\b)/i.test(noun) ? 'an' : 'a'} ${noun}`
