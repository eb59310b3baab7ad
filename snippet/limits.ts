import type { LIMITS } from '../shared/limits.ts'

/**
 * The snippet's numbers. Those of the wire are held to shared/limits.ts by their types; the others are our choice.
 * Here nothing is imported but types, so that the bundler writes each number where it is used.
 */

export const VALUE_CHARS: (typeof LIMITS)['fieldValueChars'] = 8_192

/** Of a name, a label, a placeholder: the telling words come first, and all fields must fit one event. */
export const WORDS_CHARS = 160

/**
 * A batch that is longer takes no further event. A character is at most three bytes and an event at most 32 KB, so a
 * batch stays under the 64 KiB of keepalive requests; an event with its page is longer than 100 characters, so it stays
 * within the collector's 100 events, too.
 */
export const ENOUGH_CHARS = 10_000
/** A page is up and idle by then: what can wait is loaded. What its vitals were before, the browser remembers. */
export const LATER_MS = 3_000

/** A view is reported after this much engaged time, then every minute. */
export const MARK_MS = 5_000
export const MINUTE_MS = 60_000

/**
 * How often we look whether somebody reads, and whether there is something to send: long enough to gather the events of
 * a page's start, too short to notice; and the most that a look can be wrong by.
 */
export const LOOK_MS = 500
/** After a minute without a sign of life a reader has left the chair. */
export const IDLE_LOOKS = 120
/** In looks, doubled before it is waited for: the first retry comes after a second. */
export const FIRST_BACKOFF = 1
