/** `1 lead`, `1,204 leads` */
export const count = (number: number, thing: string): string =>
  `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`

/** `2026-11-25 21:04 UTC` */
export const timeWords = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
