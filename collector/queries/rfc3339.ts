/** An instant as the API writes it: RFC 3339, UTC, milliseconds. */
export const rfc3339 = (ms: number): string => new Date(ms).toISOString()
