import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { eventId } from '../support/facts.ts'
import type { Deed } from './random-deeds.ts'

/** What three browsers, sometimes shared, have to say: of four people who read these pages. */

export const PHONE = '+359 88 123 4567'
export const EMAILS = ['ann@acme.example', 'bob@gmail.com', 'cat@rival.example', 'dan@mailinator.com']
export const PATHS = [
  '/pricing',
  '/pricing/teams?utm_source=ads',
  '/customers/one',
  '/careers',
  '/blog/news',
  '/',
]
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

/** Ids do not ascend with the order of happening, so that chance decides ties. */
export const idAt = (place: number): string => eventId(((place + 1) * 7919) % 10_007)

export function sent({ visitor, odd }: Deed, at: number, place: number): Partial<Fact> {
  return {
    id: idAt(place),
    visitor: `visitor-${visitor}`,
    subject: `${odd === 'test' ? 'test:' : ''}visitor-${visitor}`,
    session: odd === 'no_session' ? null : `session-${visitor}-${Math.floor(at / (6 * HOUR_MS))}`,
    ip: visitor === 2 ? '203.0.113.0' : '198.51.100.0',
    userAgent: odd === 'bot' ? GOOGLEBOT : null,
    tooLate: odd === 'too_late',
    noted: notedOf(odd),
    ...(odd === 'server' ? { origin: 'server' } : {}),
    ...(odd === 'queued' ? { receivedAt: at + 5 * HOUR_MS } : {}),
    ...(odd === 'import' ? { origin: 'server', receivedAt: at + 3 * DAY_MS } : {}),
  }
}

const NOTED: Readonly<Record<string, Fact['noted']>> = {
  test: { test: true },
  crowd: { crowd: 61 },
  own: { optedOut: true },
}
const notedOf = (odd: Deed['odd']): Fact['noted'] => NOTED[odd] ?? null

export function pick<T>(items: readonly T[], choice: number): T {
  const [picked] = items.slice(choice % items.length)
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

export const emailOf = ({ odd, other, visitor }: Deed): string =>
  pick(EMAILS, odd === 'other_name' ? other : visitor)
