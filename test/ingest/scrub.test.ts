import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUrl } from '../../collector/enrich/pages.ts'
import { cutUrl } from '../../collector/ingest/cut-url.ts'
import { maskContacts, maskPersonal } from '../../collector/ingest/mask.ts'
import { networkOf } from '../../collector/ingest/network.ts'
import { scrub, scrubUnknown } from '../../collector/ingest/scrub.ts'
import { CLICK_ID_NAMES } from '../../shared/click-ids.ts'
import { eventOf } from './wire-samples.ts'

describe('cutUrl', () => {
  it.each([
    ['https://a.example/pricing', 'https://a.example/pricing'],
    [
      'https://a.example/?utm_source=x&email=j@x.example&gclid=Cj0',
      'https://a.example/?utm_source=x&gclid=Cj0',
    ],
    ['https://a.example/?yclid=1&q=2', 'https://a.example/?yclid=1'],
    ['https://a.example/?mc_eid=4f2&_hsenc=p2A&mkt_tok=N', 'https://a.example/?mc_eid=&_hsenc=&mkt_tok='],
    ['https://a.example/?igsh&mc_cid=1', 'https://a.example/?igsh='],
    ['https://a.example/?q=secret', 'https://a.example/'],
    ['https://a.example/p#access_token=abc', 'https://a.example/p'],
    ['https://a.example/p#section', 'https://a.example/p'],
    ['https://a.example/#/pricing', 'https://a.example/#/pricing'],
    [
      'https://a.example/?utm_source=x&q=1#!/pricing/teams',
      'https://a.example/?utm_source=x#!/pricing/teams',
    ],
    ['https://a.example/p#/route?token=abc', 'https://a.example/p#/route'],
    ['https://a.example/p#/route;owner=jane#x', 'https://a.example/p#/route'],
    ['https://a.example/#/access_token=abc&state=1', 'https://a.example/#/access_token'],
    ['https://a.example/#/u/jane@x.example/edit', 'https://a.example/#/u/[email]/edit'],
    ['https://a.example/#/id/123456789', 'https://a.example/#/id/[number]'],
    ['https://a.example/#/reset/9f86d081884c7d659a2feaa0c55ad015', 'https://a.example/#/reset/[token]'],
    ['https://a.example/#!pricing', 'https://a.example/'],
    ['https://a.example/# /pricing', 'https://a.example/'],
    ['https://user:pass@a.example/p', 'https://a.example/p'],
    ['https://us@er:p@ss@a.example/p', 'https://a.example/p'],
    ['https://a.example/u/jane.doe@x.example/edit', 'https://a.example/u/[email]/edit'],
    ['https://a.example/u/jane%40x.example', 'https://a.example/u/[email]'],
    ['https://a.example/call/+359888123456', 'https://a.example/call/[number]'],
    ['https://a.example/id/123456789', 'https://a.example/id/[number]'],
    ['https://a.example/reset/9f86d081884c7d659a2feaa0c55ad015', 'https://a.example/reset/[token]'],
    [
      'https://a.example/how-to-choose-a-crm-for-smes-in-2026',
      'https://a.example/how-to-choose-a-crm-for-smes-in-2026',
    ],
    ['https://a.example/?utm_content=jane@x.example', 'https://a.example/?utm_content=[email]'],
    ['https://a.example/?utm_id=120210987654321', 'https://a.example/?utm_id=120210987654321'],
    ['https://a.example/цени/?utm_source=имейл', 'https://a.example/цени/?utm_source=имейл'],
    ['/subscribe?email=j@x.example', '/subscribe'],
    ['mailto:jane@x.example?subject=Hi', 'mailto:[email]'],
    ['tel:+359888123456', 'tel:[number]'],
    ['https://medium.example/@author/story', 'https://medium.example/@author/story'],
  ])('%s → %s', (url, cut) => {
    expect(cutUrl(url)).toBe(cut)
    expect(cutUrl(cut)).toBe(cut)
  })

  it.each(CLICK_ID_NAMES)('keeps the click id %s, as far as enrich reads it', name => {
    expect(readUrl(cutUrl(`https://a.example/?${name}=x`))?.campaign.clickId).toBe(name)
  })

  it('keeps whom a click id names where the owner asks for it', () => {
    expect(cutUrl('https://a.example/?mc_eid=4f2', ['mc_eid'])).toBe('https://a.example/?mc_eid=4f2')
  })

  it('keeps no parameter that is not allowed, whatever the URL', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.stringMatching(/^[a-z]{1,12}$/),
        (url, name) => {
          const cut = cutUrl(`${url}${url.includes('?') ? '&' : '?'}${name}=SENTINEL`)
          expect(cut).not.toContain('SENTINEL')
          expect(cut).not.toMatch(/#(?!!?\/)/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('keeps the owner’s own parameters, and what personal data they hold masked', () => {
    const url = 'https://a.example/?plan=team&email=j@x.example&ref=j@x.example&planet=1#/a'
    expect(cutUrl(url, ['plan', 'ref'])).toBe('https://a.example/?plan=team&ref=[email]#/a')
  })

  it('costs little on a hostile kilobyte', () => {
    const hostile = [
      'a'.repeat(1_024),
      'a@'.repeat(512),
      '1'.repeat(1_024),
      '+1 '.repeat(341),
      '/a1'.repeat(341),
      `x@${'a.'.repeat(511)}`,
      `#/${'a@'.repeat(511)}`,
    ]
    for (const text of hostile) for (let i = 0; i < 200; i += 1) cutUrl(text)
  })
})

describe('masks', () => {
  it.each([
    ['write to jane.doe+x@sub.x.example now', 'write to [email] now'],
    ['пиши на мария@пример.бг', 'пиши на [email]'],
    ['call +359 (88) 812-34-56', 'call [number]'],
    ['Offer of 2026-03-02, 1.500 EUR', 'Offer of 2026-03-02, 1.500 EUR'],
    ['pkg@1.2.3', 'pkg@1.2.3'],
  ])('%s → %s', (text, masked) => {
    expect(maskContacts(text)).toBe(masked)
  })

  it('titles lose long numbers, props keep them (an order number is no secret of a person)', () => {
    expect(maskPersonal('Order 1234567890')).toBe('Order [number]')
    expect(maskContacts('1234567890')).toBe('1234567890')
  })
})

describe('scrub', () => {
  it('cuts the page', () => {
    const page = {
      url: 'https://a.example/thanks?email=j@x.example&utm_source=ads',
      title: 'Thanks, j@x.example',
      referrer: 'https://search.example/?q=jane',
    }
    expect(scrub(eventOf({ page })).page).toEqual({
      url: 'https://a.example/thanks?utm_source=ads',
      title: 'Thanks, [email]',
      referrer: 'https://search.example/',
    })
  })

  it('keeps in every address what the owner keeps', () => {
    const url = 'https://a.example/?plan=team&token=1'
    const event = eventOf({ type: 'custom', page: { url }, props: { url } })
    const cut = 'https://a.example/?plan=team'
    expect(scrub(event, ['plan'])).toMatchObject({ page: { url: cut }, props: { url: cut } })
    expect(scrubUnknown({ url }, ['plan'])).toEqual({ url: cut })
  })

  it('masks a custom event, however deep', () => {
    const props = {
      who: 'j@x.example',
      list: [{ url: 'https://a.example/?token=1' }],
      'j@x.example': true,
      seats: 5,
    }
    expect(scrub(eventOf({ type: 'custom', props })).props).toEqual({
      who: '[email]',
      list: [{ url: 'https://a.example/' }],
      '[email]': true,
      seats: 5,
    })
  })

  it('keeps what a person gave on purpose', () => {
    const identify = {
      email: 'j@x.example',
      traits: { phone: '+359888123456', website: 'https://x.example/?a=b' },
    }
    expect(scrub(eventOf({ type: 'identify', props: identify })).props).toEqual(identify)
    const group = { group: '359888123456', traits: { website: 'https://x.example/?a=b' } }
    expect(scrub(eventOf({ type: 'group', props: group })).props).toEqual(group)
    const submit = { form: { id: 'f', action: '/f' }, fields: [{ name: 'email', value: 'j@x.example' }] }
    expect(scrub(eventOf({ type: 'form_submit', props: submit })).props).toEqual(submit)
    const consent = { state: 'granted', text: 'I agree. Questions: dpo@a.example' }
    expect(scrub(eventOf({ type: 'consent', props: consent })).props).toEqual(consent)
  })

  it.each(['identify', 'group', 'consent', 'form_submit', 'custom'])(
    'mends half a character in %s, wherever it stands; whole ones stay',
    type => {
      const said = (half: string) => ({
        email: `a${half}`,
        group: half,
        state: half,
        fields: [{ name: `n${half}`, value: `${half}${half} 😀` }],
        traits: { [`k${half}`]: { deep: [half] } },
        url: `https://a.example/${half}`,
      })
      const page = (half: string) => ({ url: `https://a.example/${half}`, title: half, referrer: half })
      const scrubbed = (half: string) => {
        const { props, page: seen } = scrub(eventOf({ type, props: said(half), page: page(half) }))
        return { props, seen }
      }
      expect(scrubbed('\udc00')).toEqual(scrubbed('\ufffd'))
      expect(scrubbed('\ud83d')).toEqual({ props: said('\ufffd'), seen: page('\ufffd') })
    },
  )

  it('drops fields the browser should have kept to itself', () => {
    const fields = [
      { name: 'email', type: 'email', value: 'j@x.example' },
      { name: 'p', type: 'password', value: 'hunter2' },
      { name: 'p2', type: 'Password', value: 'hunter2' },
      { name: 'userPassword', type: 'text', value: 'hunter2' },
      { name: 'n', autocomplete: 'section-a cc-number', value: '4111111111111111' },
      { name: 'otp', autocomplete: 'one-time-code', value: '123456' },
      { id: 'cvc', value: '123' },
    ]
    const kept = scrub(eventOf({ type: 'form_submit', props: { form: { action: '/f?t=1' }, fields } })).props
    expect(kept).toEqual({ form: { action: '/f?t=1' }, fields: [fields[0]] })
  })

  it('drops keys that reach a prototype, and harms none', () => {
    const props = JSON.parse(
      '{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":{"polluted":1}},"b":2}}',
    )
    const scrubbed = scrub(eventOf({ type: 'custom', props })).props
    expect(JSON.stringify(scrubbed)).toBe('{"a":{"b":2}}')
    expect(Object.getPrototypeOf(scrubbed)).toBe(Object.prototype)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('takes secrets out of what is quarantined, too', () => {
    const odd = {
      type: 5,
      fields: [{ type: 'password', value: 'hunter2' }, { type: { toString: 1 } }],
      url: 'https://a.example/?t=1',
    }
    expect(scrubUnknown(odd)).toEqual({
      type: 5,
      fields: [{ type: { toString: 1 } }],
      url: 'https://a.example/',
    })
  })

  it('keeps any props it need not change', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,8}$/),
          fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z ]{0,20}$/)),
        ),
        props => {
          expect(scrub(eventOf({ type: 'custom', props })).props).toEqual(props)
        },
      ),
    )
  })
})

describe('networkOf', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0'],
    ['::ffff:203.0.113.77', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['not an address', null],
    [null, null],
  ])('%s → %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
