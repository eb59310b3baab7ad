import { describe, expect, it } from 'vitest'
import { emailLinks, isOld } from '../../collector/access/email-links.ts'
import { linkTokens } from '../../collector/access/link-tokens.ts'
import { cutUrl } from '../../collector/ingest/cut-url.ts'
import { maskContacts, maskPersonal } from '../../collector/ingest/mask.ts'
import { LIMITS } from '../../shared/limits.ts'
import { CLICK_PARAMETER } from '../../shared/wire.ts'
import { NOON } from '../ingest/wire-samples.ts'

const SECRET = 'ab'.repeat(32)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ANNA = {
  email: 'anna@acme.example',
  target: 'https://www.acme.example/pricing?plan=pro#teams',
  message: 'spring/2',
}
const LABEL = cutUrl(ANNA.target)

const links = emailLinks(SECRET)

function minted(draft: Parameters<typeof links.mint>[1] = ANNA): string {
  const token = links.mint('acme', draft, NOON)
  if (token === null) throw new Error('expected room')
  return token
}

function clicked(label = LABEL, draft = ANNA): string {
  const link = links.open(minted(draft))
  if (!link) throw new Error('expected one of ours')
  return links.mintClick(link, label, NOON)
}

const changedBits = (token: string): readonly string[] => {
  const bytes = Buffer.from(token, 'base64url')
  return [...bytes.keys()].map(at => {
    const forged = Buffer.from(bytes)
    forged[at] = (forged[at] ?? 0) ^ 1
    return forged.toString('base64url')
  })
}

describe('the link in a mail', () => {
  it('says who was sent where, and keeps it to itself', () => {
    const token = minted()
    expect(links.open(token)).toEqual({ site: 'acme', mintedAt: NOON, ...ANNA })
    for (const text of [token, Buffer.from(token, 'base64url').toString('latin1')])
      expect(text).not.toMatch(/anna|acme|pricing|spring/)
  })

  it('need not name a message', () => {
    expect(links.open(minted({ ...ANNA, message: null }))).toMatchObject({ message: null })
  })

  it('ends in a letter or a digit, so that no mail program leaves the end out', () => {
    for (let i = 0; i < 600; i += 1) {
      const message = 'm'.repeat(i % 3)
      expect(minted({ ...ANNA, message })).toMatch(/^[\w-]+[A-Za-z0-9]$/)
    }
  })

  it('says something for 180 days', () => {
    const link = links.open(minted())
    if (!link) throw new Error('expected one of ours')
    expect(isOld(link, NOON + 180 * DAY)).toBe(false)
    expect(isOld(link, NOON + 180 * DAY + 1)).toBe(true)
  })

  it('is none with any bit changed, cut short, or of another installation', () => {
    const token = minted()
    for (const forged of changedBits(token)) expect(links.open(forged)).toBeNull()
    for (const length of [0, 1, 37, token.length - 2]) expect(links.open(token.slice(0, length))).toBeNull()
    expect(emailLinks('cd'.repeat(32)).open(token)).toBeNull()
    expect(links.open('x'.repeat(100_000))).toBeNull()
  })

  it('is not to be had for an address too long for the wire', () => {
    const path = (chars: number) => ({ ...ANNA, target: `https://www.acme.example/${'p'.repeat(chars)}` })
    expect(links.mint('acme', path(900), NOON)).toBeNull()
    expect(links.mint('acme', path(400), NOON)).not.toBeNull()
  })
})

describe('the click in a page’s address', () => {
  const open = (token: string, now = NOON, site = 'acme') => links.openClick({ site, token, now })

  it('says who clicked what, for half an hour', () => {
    const token = clicked()
    const click = { email: ANNA.email, message: 'spring/2', link: LABEL, mintedAt: NOON }
    expect(open(token)).toEqual({ id: expect.any(String), click })
    expect(open(token, NOON + 30 * MINUTE)).toMatchObject({ click })
    expect(open(token, NOON + 30 * MINUTE + 1)).toBeNull()
  })

  it('is of its site, its installation and its purpose', () => {
    const token = clicked()
    expect(open(token, NOON, 'other')).toBeNull()
    expect(emailLinks('cd'.repeat(32)).openClick({ site: 'acme', token, now: NOON })).toBeNull()
    expect(open(minted())).toBeNull()
    expect(links.open(token)).toBeNull()
    expect(open(linkTokens(SECRET).mint('acme', 'visitor-0001', NOON).token)).toBeNull()
  })

  it('is none with any bit changed', () => {
    for (const forged of changedBits(clicked())) expect(open(forged)).toBeNull()
  })

  it('has one id, however its text is written, and another for another click', () => {
    const token = clicked()
    const same = [token, `${token}=`, token.replaceAll('-', '+').replaceAll('_', '/')]
    expect(new Set(same.map(text => open(text)?.id)).size).toBe(1)
    expect(open(clicked())?.id).not.toBe(open(token)?.id)
  })

  it('looks like no address and no number to any mask', () => {
    for (let i = 0; i < 300; i += 1) {
      const parameter = `${CLICK_PARAMETER}=${clicked()}`
      expect(maskContacts(parameter)).toBe(parameter)
      expect(parameter).not.toMatch(/[@%+]/)
    }
    expect(maskPersonal('+359888123456')).not.toBe('+359888123456')
  })

  it('fits the wire with an e-mail address of 254 characters, a message of 64 and a target of 300', () => {
    const domain = '.example'
    const email = `${'a'.repeat(64)}@${'b'.repeat(254 - 65 - domain.length)}${domain}`
    const target = `https://www.acme.example/${'p'.repeat(275)}`
    const draft = { email, target, message: 'm'.repeat(64) }
    expect([email.length, target.length]).toEqual([254, 300])
    const url = `${target}?${CLICK_PARAMETER}=${clicked(target, draft)}`
    expect(url.length).toBeLessThanOrEqual(LIMITS.stringChars)
    const [one, two] = ['1', '2'].map(end => open(clicked(target + end, draft))?.click.link)
    expect(one).toMatch(/^https:\/\/www\.acme\.example\/p+~[0-9a-f]{12}$/)
    expect(two).not.toBe(one)
  })
})
