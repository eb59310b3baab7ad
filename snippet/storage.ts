import { objects, options } from './config.ts'
import { guard } from './edge.ts'

type Area = Record<string, string>

/** Every key begins so: two sites on one origin stay apart. */
export const prefix = `goldpan.${options.site}.`

/** Under this key stands what the person answered when asked for consent. */
const CONSENT = `${prefix}consent`
/** Visitor, session and the time of its last event (epoch ms), with dots between them. */
export const VISITOR = `${prefix}visitor`
/** The keys of what happened begin so: one an event, so that tabs cannot undo each other's. */
export const EVENT = `${prefix}event.`

/** localStorage; a plain object where it is blocked. */
let disk: Area = {}
try {
  disk = localStorage ?? disk
} catch {}

/** Where things are kept: the disk, or memory, as long as the page lasts, for what may not be kept or finds no room. */
export let area = disk

export const forget = (key: string): void => {
  delete area[key]
}

export const eventKeys = (): readonly string[] => Object.keys(area).filter(key => key.startsWith(EVENT))

/** What the person answered: kept even of one who is not tracked. */
export const answer = (): string | undefined => disk[CONSENT]

/**
 * Whether the person is tracked. `granted`: yes; `denied`: no; `cookieless`: by nothing that tells people apart; any
 * other word: nobody has asked them yet, and what they do is held back.
 */
export const consentState = (): string => (objects ? 'denied' : (answer() ?? options.consent ?? 'granted'))

export const isGranted = (): boolean => consentState() === 'granted'

export const save = (key: string, value: string): void => {
  try {
    area[key] = value
  } catch {
    // full
    area = { [VISITOR]: area[VISITOR] ?? '', [key]: value }
  }
}

/** What the collector kept in a cookie, where it may: a browser forgets a script's storage sooner. */
const adoptCookie = guard(() => {
  if (area[VISITOR]) return
  const known = RegExp(`${VISITOR}=([\\w-]+)`).exec(document.cookie)?.[1]
  if (known) save(VISITOR, known)
})

/**
 * Brings what is kept in line with the person's answer: after a grant what was held back, too; else nothing that tells
 * who did what.
 */
export const settle = (): void => {
  if (isGranted()) {
    if (area !== disk) Object.assign(disk, area)
    area = disk
    void adoptCookie()
  } else {
    ;[VISITOR, ...eventKeys()].forEach(forget)
    if (area === disk) area = {}
  }
}

/** Remembers what the person answered. */
export const saveAnswer = (state: string): void => {
  try {
    disk[CONSENT] = state
  } catch {
    // full: it holds for this page, and is asked again
    disk = { [CONSENT]: state }
  }
}
