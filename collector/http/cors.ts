/** Pages of other sites are whom these routes are for, beacons that skip CORS included. */
export const FOR_OTHER_SITES = { 'cross-origin-resource-policy': 'cross-origin' } as const

/** Lets the page that sent read the answer. By hand: hono/cors measured more than the whole request. */
export const corsFor = (origin: string | null): Readonly<Record<string, string>> =>
  origin === null ? {} : { 'access-control-allow-origin': origin, vary: 'Origin' }
