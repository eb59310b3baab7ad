import { denied, site } from './config.ts'

/** Two sites on one origin stay apart. */
export const prefix = `goldpan.${site}.`

/** localStorage; a plain object where it is blocked or full, or where the person said no to tracking. */
let area: Record<string, string> = {}
try {
  if (!denied) area = localStorage ?? area
} catch {}

export const load = (key: string): string | undefined => area[prefix + key]

export const forget = (key: string): void => {
  delete area[prefix + key]
}

export const save = (key: string, value: string): void => {
  try {
    area[prefix + key] = value
  } catch {
    // full: from here on this page works from memory
    area = { ...area, [prefix + key]: value }
  }
}

/** The keys that begin with `start`, in order. */
export const keysOf = (start: string): readonly string[] =>
  Object.keys(area)
    .filter(key => key.startsWith(prefix + start))
    .map(key => key.slice(prefix.length))
    .sort()
