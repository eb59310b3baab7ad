/** Epoch milliseconds now. Passed in by whoever starts the program: only main.ts and tests make one. */
export type Clock = () => number
