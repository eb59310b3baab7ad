/** How values are written so that lists can be sorted and searched by them. */

/** How a number that may be missing is sorted: missing ones last. */
export const orLast = (value: number | null | undefined): number => value ?? Number.NEGATIVE_INFINITY

/** Text compared without case, in any script (SQLite itself folds ASCII only); half a character cannot be written as text. */
export const searchKey = (text: string): string => text.toWellFormed().normalize('NFC').toLowerCase()
