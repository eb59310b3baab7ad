import { MINUTE_MS } from '../../shared/time.ts'
import { sealFor } from './seal.ts'

/**
 * Links by which people of the company mark the visitor they are on the site as one of their own, where the collector's
 * cookie does not come along (another site, third-party cookies blocked).
 */
export interface OwnLinks {
  mint(site: string, now: number): string
  /** Whether a visitor is marked by the token: ours, of this site, in time, and nobody else's mark. */
  marks(seen: SeenOwnToken): boolean
}

export interface SeenOwnToken {
  readonly site: string
  readonly token: string
  readonly visitor: string
  /** epoch ms */
  readonly now: number
}

/** Our choice: the page with the link is open, and a link that is passed on should not work any more. */
const LIFE_MS = 10 * MINUTE_MS

/** Visitors that are remembered, a few megabytes at most; the oldest make room (our choice). */
const REMEMBERED = 10_000

const EXPIRY_BYTES = 6

/**
 * Each token marks one visitor, however often they bring it; several collectors do not tell each other.
 * @param secret the store's installationSecret
 */
export function ownLinks(secret: string): OwnLinks {
  const seal = sealFor(secret, 'goldpan own visitor 1', EXPIRY_BYTES)
  const markedBy = new Map<string, string>()
  return {
    mint: (site, now) => {
      const expiry = Buffer.alloc(EXPIRY_BYTES)
      expiry.writeUIntBE(now + LIFE_MS, 0, EXPIRY_BYTES)
      return seal.close(expiry, site)
    },
    marks: ({ site, token, visitor, now }) => {
      const opened = seal.open(token, site)
      if (opened?.plain.length !== EXPIRY_BYTES || opened.plain.readUIntBE(0, EXPIRY_BYTES) < now)
        return false
      const marked = markedBy.get(opened.id)
      if (marked !== undefined) return marked === visitor
      const [oldest] = markedBy.keys()
      if (oldest !== undefined && markedBy.size >= REMEMBERED) markedBy.delete(oldest)
      markedBy.set(opened.id, visitor)
      return true
    },
  }
}
