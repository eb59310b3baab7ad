/**
 * Raised whenever rules, lexicons or the fold change so that the same facts may score differently. At the first start of a
 * release with another engine everybody is computed anew (installation.ts): old code cannot be kept to judge the past.
 */
export const ENGINE = 'goldpan-3'
