/** Names no object may be keyed by: careless code downstream could reach its prototype through them (trust.md). */
export const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
