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
