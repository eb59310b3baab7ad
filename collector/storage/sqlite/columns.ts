/** How values are written so that lists can be sorted and searched by them. */

/** How a number that may be missing is sorted: missing ones last. */
export const orLast = (value: number | null | undefined): number => value ?? Number.NEGATIVE_INFINITY

/** Text compared without case, in any script (SQLite itself folds ASCII only). */
export const searchKey = (text: string): string => text.normalize('NFC').toLowerCase()
