/** Figures as the tables and lines of long runs tell them. */

export const whole = (count: number): string => Math.round(count).toLocaleString('en')
export const megabytes = (bytes: number): string => `${whole(bytes / 1e6)} MB`
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
/** @param share 1: the whole */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
