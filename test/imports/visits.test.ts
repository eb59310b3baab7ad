import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startVisits } from '../../collector/imports/logs/visits.ts'
import { MINUTE_MS } from '../../shared/time.ts'

const hash = (text: string): string => createHmac('sha256', 'key').update(text).digest('hex').slice(0, 32)

/** `HH:MM` of a day of March 2026. */
const lineAt = (clock: string, { day = 4, address = '203.0.113.7', agent = 'Chrome' } = {}) => {
  const date = `2026-03-${String(day).padStart(2, '0')}`
  const at = Date.parse(`${date}T${clock}:00Z`)
  return { at, day: date, host: null, address, agent, request: 'GET / HTTP/1.1', status: 200, referrer: null }
}

type Line = ReturnType<typeof lineAt>
const visitsOf = (...lines: readonly Line[]) => lines.map(startVisits(hash))

/** How many different ones there are. */
const different = (ids: readonly string[]): number => new Set(ids).size

describe('visitors of a log', () => {
  it('are an address with an agent on one day, their sessions end after 30 minutes', () => {
    const visits = visitsOf(lineAt('09:00'), lineAt('09:29'), lineAt('09:59'), lineAt('18:00'))
    expect(different(visits.map(({ visitor }) => visitor))).toBe(1)
    expect(visits.map(({ isNewVisitor }) => isNewVisitor)).toEqual([true, false, false, false])
    expect(visits.map(({ isNewSession }) => isNewSession)).toEqual([true, false, true, true])
    expect(different(visits.map(({ session }) => session))).toBe(3)
  })

  it('are others with another address, agent or day', () => {
    const visits = visitsOf(
      lineAt('09:00'),
      lineAt('09:01', { address: '203.0.113.8' }),
      lineAt('09:02', { agent: 'Firefox' }),
      lineAt('09:00', { day: 5 }),
    )
    expect(different(visits.map(({ visitor }) => visitor))).toBe(4)
    expect(different(visits.map(({ session }) => session))).toBe(4)
  })

  it('go on beyond midnight when they began before it', () => {
    const visits = visitsOf(
      lineAt('23:50'),
      lineAt('00:10', { day: 5 }),
      lineAt('00:30', { day: 5 }),
      lineAt('09:00', { day: 5 }),
    )
    expect(visits.map(({ isNewVisitor }) => isNewVisitor)).toEqual([true, false, false, true])
    expect(visits[2]?.session).toBe(visits[0]?.session)
  })

  it('are the same however the log is cut', () => {
    const lines = [lineAt('09:00'), lineAt('12:00'), lineAt('18:00'), lineAt('09:00', { day: 5 })]
    const whole = visitsOf(...lines)
    const cut = [...visitsOf(...lines.slice(2)), ...visitsOf(...lines.slice(0, 2))]
    expect(new Set(cut.map(({ visitor, session }) => visitor + session))).toEqual(
      new Set(whole.map(({ visitor, session }) => visitor + session)),
    )
  })

  it('are one though their lines are a little out of order', () => {
    const visits = visitsOf(lineAt('09:05'), lineAt('09:04'), lineAt('09:33'))
    expect(different(visits.map(({ session }) => session))).toBe(1)
  })

  it('are one with another IPv6 address of their household, and with an IPv4 one in IPv6 clothes', () => {
    const six = visitsOf(
      lineAt('09:00', { address: '2001:db8:1:2::a' }),
      lineAt('09:01', { address: '2001:db8:1:2:ffff::b' }),
      lineAt('09:02', { address: '2001:db8:1:3::a' }),
    )
    expect(different(six.map(({ visitor }) => visitor))).toBe(2)
    const four = visitsOf(lineAt('09:00'), lineAt('09:01', { address: '::ffff:203.0.113.7' }))
    expect(different(four.map(({ visitor }) => visitor))).toBe(1)
  })

  it('are forgotten when they are long over, and known again by the same id', () => {
    const visitOf = startVisits(hash)
    const first = visitOf(lineAt('09:00'))
    for (let index = 0; index < 100_001; index += 1)
      visitOf({
        ...lineAt('09:00', { day: 7 }),
        address: `host-${index}`,
        at: first ? lineAt('09:00', { day: 7 }).at + index : 0,
      })
    const again = visitOf({ ...lineAt('09:00'), at: lineAt('09:00').at + MINUTE_MS })
    expect(again).toMatchObject({ visitor: first.visitor, isNewSession: true })
  })
})
