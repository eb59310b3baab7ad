/**
 * How many rows at most. SQLite looks at a limit that is a parameter and nothing else while it plans, and therefore plans
 * the statement anew whenever the parameter is bound: at every run of a statement that is kept. A sum it leaves alone.
 */
export const upTo = (parameter: string): string => `LIMIT ${parameter} + 0`
