import { describe, expect, it } from 'vitest'
import { linkTokens } from '../../collector/access/link-tokens.ts'
import { NOON } from '../ingest/wire-samples.ts'

const SECRET = 'ab'.repeat(32)
const VISITOR = '0123456789abcdef0123456789abcdef'

describe('linkTokens', () => {
  it('gives the visitor back, once, within two minutes', () => {
    const tokens = linkTokens(SECRET)
    const { token, expiresAt } = tokens.mint('acme', VISITOR, NOON)
    expect(token).toMatch(/^[\w-]+$/)
    expect(expiresAt).toBe(NOON + 120_000)
    expect(tokens.redeem('acme', token, expiresAt)).toEqual({ kind: 'redeemed', visitor: VISITOR })
    expect(tokens.redeem('acme', token, NOON)).toEqual({ kind: 'spent' })
  })

  it('not a moment later', () => {
    const tokens = linkTokens(SECRET)
    const { token, expiresAt } = tokens.mint('acme', VISITOR, NOON)
    expect(tokens.redeem('acme', token, expiresAt + 1)).toEqual({ kind: 'spent' })
  })

  it('tells who reads it nothing, and is never the same', () => {
    const tokens = linkTokens(SECRET)
    const [one, two] = [tokens.mint('acme', VISITOR, NOON), tokens.mint('acme', VISITOR, NOON)]
    expect(one.token).not.toBe(two.token)
    for (const text of [one.token, Buffer.from(one.token, 'base64url').toString('latin1')])
      expect(text).not.toContain(VISITOR.slice(0, 8))
  })

  it('is of its site and its installation', () => {
    const { token } = linkTokens(SECRET).mint('acme', VISITOR, NOON)
    expect(linkTokens(SECRET).redeem('other', token, NOON)).toEqual({ kind: 'invalid' })
    expect(linkTokens('cd'.repeat(32)).redeem('acme', token, NOON)).toEqual({ kind: 'invalid' })
    expect(linkTokens(SECRET).redeem('acme', token, NOON)).toMatchObject({ kind: 'redeemed' })
  })

  it('with any bit changed is none', () => {
    const tokens = linkTokens(SECRET)
    const bytes = Buffer.from(tokens.mint('acme', VISITOR, NOON).token, 'base64url')
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes)
      forged[at] = (forged[at] ?? 0) ^ 1
      expect(tokens.redeem('acme', forged.toString('base64url'), NOON)).toEqual({ kind: 'invalid' })
    }
  })

  it.each(['', 'x', 'a'.repeat(46), 'a'.repeat(200), '…'.repeat(60)])('%j is none', token => {
    expect(linkTokens(SECRET).redeem('acme', token, NOON)).toEqual({ kind: 'invalid' })
  })

  it('carries the longest visitor id there is', () => {
    const tokens = linkTokens(SECRET)
    const visitor = 'v'.repeat(64)
    const { token } = tokens.mint('acme', visitor, NOON)
    expect(tokens.redeem('acme', token, NOON)).toEqual({ kind: 'redeemed', visitor })
  })

  it('remembers what is redeemed while it could be redeemed again', () => {
    const tokens = linkTokens(SECRET)
    const first = tokens.mint('acme', VISITOR, NOON).token
    tokens.redeem('acme', first, NOON)
    for (let i = 0; i < 100; i += 1)
      tokens.redeem('acme', tokens.mint('acme', VISITOR, NOON).token, NOON + 60_000)
    expect(tokens.redeem('acme', first, NOON + 60_000)).toEqual({ kind: 'spent' })
  })
})
