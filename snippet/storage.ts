import { consentMode, hasGpc, site } from './config.ts'

type Area = Record<string, string>

/** Two sites on one origin stay apart. */
export const prefix = `goldpan.${site}.`

/** Under this key stands what the person answered when asked for consent. */
const CONSENT = 'consent'

/** What may not be kept, or finds no room, lasts as long as the page. */
const memory: Area = {}
/** localStorage; a plain object where it is blocked. */
let disk: Area = {}
try {
  disk = localStorage ?? disk
} catch {}

export const load = (key: string): string | undefined => memory[prefix + key] ?? disk[prefix + key]

export const forget = (key: string): void => {
  delete memory[prefix + key]
  delete disk[prefix + key]
}

/** Whether the person may not be tracked now: the browser objects, they refused, or nobody asked them and somebody must. */
export const denied = (): boolean => hasGpc || (load(CONSENT) ?? consentMode) !== 'granted'

export const save = (key: string, value: string): void => {
  memory[prefix + key] = value
  // a refusal is remembered, but nothing is where the browser itself refuses
  if (key === CONSENT ? hasGpc : denied()) return
  try {
    disk[prefix + key] = value
    delete memory[prefix + key]
  } catch {
    // full
  }
}

/** The keys that begin with `start`, in order. */
export const keysOf = (start: string): readonly string[] =>
  [disk, memory]
    .flatMap(Object.keys)
    .filter(key => key.startsWith(prefix + start))
    .map(key => key.slice(prefix.length))
    .sort()

/** Forgets everything but the answer of a person who may not be tracked. */
export const wipeIfDenied = (): void => {
  for (const key of keysOf('')) if (denied() && key !== CONSENT) forget(key)
}

/** Remembers what the person answered; anything but `granted` is a refusal. */
export const decide = (answer: string): void => {
  save(CONSENT, answer)
  wipeIfDenied()
}
