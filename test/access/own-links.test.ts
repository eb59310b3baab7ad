import { expect, it } from 'vitest'
import { linkTokens } from '../../collector/access/link-tokens.ts'
import { ownLinks } from '../../collector/access/own-links.ts'
import { MINUTE_MS } from '../../shared/time.ts'

const T = 1_700_000_000_000
const SECRET = 's'.repeat(44)
const seenWith = (token: string) => ({ site: 'acme', token, visitor: 'one', now: T })

it('a token marks one visitor of its site, for ten minutes', () => {
  const own = ownLinks(SECRET)
  const seen = seenWith(own.mint('acme', T))
  expect(own.marks(seen)).toBe(true)
  expect(own.marks(seen)).toBe(true)
  expect(own.marks({ ...seen, visitor: 'two' })).toBe(false)
  expect(own.marks({ ...seen, site: 'shop' })).toBe(false)
  expect(own.marks({ ...seen, now: T + 10 * MINUTE_MS })).toBe(true)
  expect(own.marks({ ...seen, now: T + 10 * MINUTE_MS + 1 })).toBe(false)
})

it('nothing else is such a token', () => {
  const own = ownLinks(SECRET)
  const { token } = linkTokens(SECRET).mint('acme', 'one', T)
  for (const other of ['', 'x', token, ownLinks('t'.repeat(44)).mint('acme', T)])
    expect(own.marks(seenWith(other))).toBe(false)
})

it('a token that comes again takes no other token its place', () => {
  const own = ownLinks(SECRET)
  const first = seenWith(own.mint('acme', T))
  own.marks(first)
  // as many as are remembered
  const others = Array.from({ length: 9_999 }, () => seenWith(own.mint('acme', T)))
  for (const other of others) own.marks(other)
  const latest = others.at(-1) ?? first
  for (let time = 0; time < 2; time += 1) own.marks(latest)
  expect(own.marks({ ...first, visitor: 'two' })).toBe(false)
})
