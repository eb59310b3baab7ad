/** To a tenth, with a minus that a reader sees. */
export const amount = (n: number): string => String(Math.round(n * 10) / 10).replace('-', '−')

/** Down, to a tenth, so that what is there and what is missing add up, and no gap is shown as 0. */
export const tenthBelow = (n: number): number => Math.floor(n * 10) / 10

export const points = (n: number): string => `${amount(n)} ${Math.round(n * 10) === 10 ? 'point' : 'points'}`

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
