/** `1 lead`, `1,204 leads` */
export const count = (number: number, thing: string): string =>
  `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`

/** `1 lead would be an MQL`, `2 leads would be MQLs` */
export const counted = (number: number, one: string, several: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : several}`

/** `2026-11-25 21:04:07 UTC`: for what is waited for */
export const instantWords = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** `2026-11-25 21:04 UTC` */
export const timeWords = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `812 bytes`, `4.1 MB`, `120 GB`: powers of a thousand, two figures that tell */
export function bytesInWords(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const text = power > 0 && value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
  return `${text} ${UNITS[power]}`
}
