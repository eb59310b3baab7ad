import type { LIMITS } from '../shared/limits.ts'

/**
 * The snippet's numbers. Those of the wire are held to shared/limits.ts by their types; the others are our choice.
 * Here nothing is imported but types, so that the bundler writes each number where it is used.
 */

export const TEXT_CHARS: (typeof LIMITS)['stringChars'] = 1_024
export const VALUE_CHARS: (typeof LIMITS)['fieldValueChars'] = 8_192
export const FORM_FIELDS: (typeof LIMITS)['formFields'] = 100
export const BATCH_EVENTS: (typeof LIMITS)['eventsPerBatch'] = 100

/** Of a name, a label, a placeholder: the telling words come first, and all fields must fit one event. */
export const WORDS_CHARS = 160

/** A batch that is longer takes no further event (32 KB at most), and so stays under the 64 KiB of keepalive requests. */
export const ENOUGH_BYTES = 24_000
/** Browsers refuse keepalive requests beyond 64 KiB in flight together; some of it is left to the page's own. */
export const KEEPALIVE_BYTES = 60_000

/** Long enough to gather the events of a page's start, too short to notice. */
export const GATHER_MS = 200
export const FIRST_RETRY_MS = 1_000
/** However often sending failed, and however long a collector asks to be left alone. */
export const LONGEST_WAIT_MS = 3_600_000

/** After this long without a sign of life a reader has left the chair. */
export const IDLE_MS = 60_000
/** How often we look whether a view has passed a mark. */
export const LOOK_MS = 1_000
/** A view that grew by less is not reported again: a page that goes says so twice, some milliseconds apart. */
export const GROWTH_MS = 100

/** The same form with the same answers within this time is the same submission: a captcha is quicker. */
export const SAME_WITHIN_MS = 60_000
