/** The published limits of the wire. The snippet keeps within them; the collector answers clearly beyond them. */
export const LIMITS = {
  /** one request body after inflating */
  batchBytes: 500_000,
  /** one event, as JSON: 32 KB as Segment's libraries count them */
  eventBytes: 32_768,
  /** events in one request */
  eventsPerBatch: 100,
  /** levels of props, they themselves the first, so traits are the second */
  depth: 5,
  /** keys of one object in props and traits */
  keys: 50,
  /** items of one list in props and traits; our choice: the products of a large order, a longer list is a table */
  items: 200,
  /** characters of a string in page, props and traits */
  stringChars: 1_024,
  /** characters of one form field's value: people write messages */
  fieldValueChars: 8_192,
  /** fields of one form */
  formFields: 100,
  /** characters of a custom event's name */
  nameChars: 80,
  /** names of custom events of one site that pages may bring; our choice: more than any plan of events has */
  names: 1_000,
  /** the same with the secret key, those of pages among them; our choice, some megabytes of memory */
  serverNames: 10_000,
  /** characters of a customer's own user id */
  userChars: 200,
} as const

/** What a browser keeps for a later visit, and how long its events stay welcome (collector.md, Wire). */
export const QUEUE_EVENTS = 200
export const LATE_AFTER_MS = 7 * 86_400_000

/** A session ends after this long without an event (style.md, glossary). */
export const SESSION_GAP_MS = 30 * 60_000
