import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { start } from '../../../snippet/chunks/domains.ts'

const VISITOR = '0123456789abcdef0123456789abcdef'
const OTHER = 'fedcba9876543210fedcba9876543210'

type Call = readonly [url: string, body: Readonly<Record<string, string>>]
let calls: Call[] = []
let answers: (path: string) => unknown = () => ({})
let visitor: string | undefined
let adopted: string[] = []

/** As the core starts it: everybody but `undefined` may be tracked. */
const startFor = (domains: string): Promise<void> =>
  start(
    'https://go.acme.example/gp/',
    { site: 'pk_live_x', domains },
    () => visitor !== undefined,
    () => ({ visitor: visitor ?? 'made without leave' }),
    (key, id) => {
      adopted.push(`${key}=${id}`)
      visitor = id
    },
    'goldpan.pk_live_x.visitor',
  )

/** Listeners are on the window: one start serves the whole file. */
const started = startFor('Shop.example, acme.de')

beforeEach(async () => {
  await started
  vi.useFakeTimers()
  // what an earlier test has asked for is old
  pass(600_000)
  calls = []
  adopted = []
  visitor = VISITOR
  let count = 0
  answers = () => {
    count += 1
    return { token: `T${count}` }
  }
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    calls.push([url, JSON.parse(body)])
    const answer = await answers(url)
    if (answer instanceof Error) throw answer
    return { ok: answer !== 404, json: async () => answer }
  })
  document.body.innerHTML = ''
})
afterEach(() => {
  vi.useRealTimers()
})

let now = Date.now()
const pass = (ms: number): void => {
  now += ms
  vi.setSystemTime(now)
}

const show = (html: string): Element => {
  document.body.innerHTML = html
  return document.body.firstElementChild ?? document.body
}
const fire = (element: Element, type: string): void => {
  element.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }))
}
const settled = () => vi.advanceTimersByTimeAsync(0)

/** The address a browser would follow: read where the page's last listener is. */
const followed = (element: Element, type = 'click', attribute = 'href'): string | null => {
  let address: string | null = null
  const read = (event: Event): void => {
    address = element.getAttribute(attribute)
    event.preventDefault()
  }
  window.addEventListener(type, read, { once: true })
  fire(element, type)
  return address
}

describe('leaving', () => {
  test('a link to a listed domain carries a token made ahead, and is as it was afterwards', async () => {
    const link = show('<a href="https://www.shop.example/buy?x=1#top">buy</a>')
    fire(link, 'pointerover')
    await settled()
    expect(calls).toEqual([['https://go.acme.example/gp/v1/link', { site: 'pk_live_x', visitor: VISITOR }]])
    expect(followed(link)).toBe('https://www.shop.example/buy?x=1&_gp=T1#top')
    await settled()
    expect(link.getAttribute('href')).toBe('https://www.shop.example/buy?x=1#top')
  })

  test.each(['pointerover', 'focusin', 'touchstart'])('%s is notice enough', async type => {
    const link = show('<a href="//acme.de">x</a>')
    fire(link, type)
    await settled()
    expect(followed(link, 'auxclick')).toMatch(/^\w+:\/\/acme\.de\/\?_gp=T1$/)
  })

  test('a nested element, an area, and a link in a shadow tree', async () => {
    show('<map><area href="https://acme.de/a"></map><a href="https://acme.de/b"><b>x</b></a><div></div>')
    const [area, bold, shadowed] = ['area', 'b', 'div'].map(name => document.querySelector(name))
    const inShadow = document.createElement('a')
    inShadow.href = 'https://acme.de/c'
    shadowed?.attachShadow({ mode: 'open' }).append(inShadow)
    for (const element of [area, bold, inShadow]) {
      if (!element) throw new Error('not there')
      fire(element, 'pointerover')
      await settled()
      const link = element.closest('a,area') ?? element
      let address: string | null = null
      window.addEventListener('click', () => (address = link.getAttribute('href')), { once: true })
      fire(element, 'click')
      expect(address).toMatch(/_gp=T\d$/)
      await settled()
    }
  })

  test.each([
    'https://other.example/',
    'https://notshop.example/',
    'https://shop.example.evil.test/',
    '/local',
    'mailto:ann@acme.de',
    'javascript:void 0',
    'http://[',
  ])('%s is left alone', async href => {
    const link = show(`<a href="${href}">x</a>`)
    for (const type of ['pointerover', 'focusin', 'touchstart']) fire(link, type)
    await settled()
    expect(calls).toEqual([])
    expect(followed(link)).toBe(href)
  })

  test('one token serves one link, for less than two minutes, and is renewed after one', async () => {
    const link = show('<a href="https://acme.de/">x</a>')
    fire(link, 'pointerover')
    fire(link, 'pointerover')
    await settled()
    expect(calls).toHaveLength(1)
    expect(followed(link)).toContain('_gp=T1')
    await settled()
    expect(followed(link)).toBe('https://acme.de/')
    fire(link, 'pointerover')
    await settled()
    pass(61_000)
    fire(link, 'pointerover')
    await settled()
    expect(calls).toHaveLength(3)
    pass(111_000)
    expect(followed(link)).toBe('https://acme.de/')
  })

  test('who may not be tracked carries nothing, nor does one visitor carry another', async () => {
    const link = show('<a href="https://acme.de/">x</a>')
    visitor = undefined
    fire(link, 'pointerover')
    await settled()
    expect(calls).toEqual([])
    visitor = VISITOR
    fire(link, 'pointerover')
    await settled()
    visitor = OTHER
    expect(followed(link)).toBe('https://acme.de/')
    visitor = undefined
    expect(followed(link)).toBe('https://acme.de/')
  })

  test.each([404, new TypeError('Failed to fetch'), {}])(
    'an answer of %s costs the link nothing',
    async answer => {
      answers = () => answer
      const link = show('<a href="https://acme.de/">x</a>')
      fire(link, 'pointerover')
      await settled()
      fire(link, 'pointerover')
      await settled()
      expect(calls).toHaveLength(1)
      expect(followed(link)).toBe('https://acme.de/')
    },
  )

  test('a POST form carries it in its address, a GET form in a field, and neither keeps it', async () => {
    const post = show('<form method="post" action="https://acme.de/cart"><input name="action"></form>')
    fire(post.firstElementChild ?? post, 'focusin')
    await settled()
    expect(followed(post, 'submit', 'action')).toBe('https://acme.de/cart?_gp=T1')
    await settled()
    expect(post.getAttribute('action')).toBe('https://acme.de/cart')

    const get = show('<form action="https://acme.de/search"><input name="q"></form>')
    fire(get, 'pointerover')
    await settled()
    let sent = ''
    window.addEventListener(
      'submit',
      () => (sent = get.querySelector<HTMLInputElement>('[name=_gp]')?.value ?? ''),
      {
        once: true,
      },
    )
    fire(get, 'submit')
    expect(sent).toBe('T2')
    await settled()
    expect(get.querySelector('[name=_gp]')).toBeNull()
  })
})

describe('arriving', () => {
  const arrive = async (path: string, ms = 0): Promise<string> => {
    history.replaceState({ page: 1 }, '', path)
    const landed = startFor('shop.example')
    const bar = location.pathname + location.search + location.hash
    await vi.advanceTimersByTimeAsync(ms)
    await landed
    return bar
  }
  beforeEach(() => {
    answers = () => ({ visitor: OTHER })
  })

  test.each([
    ['/?_gp=T', '/'],
    ['/a?_gp=T#top', '/a#top'],
    ['/a?x=%20+1&_gp=T', '/a?x=%20+1'],
    ['/a?_gp=T&x=1', '/a?x=1'],
    ['/a?x=1&_gp=T-_9&y=2#/route?z', '/a?x=1&y=2#/route?z'],
  ])('%s shows %s at once, and the visitor is adopted', async (path, bar) => {
    expect(await arrive(path)).toBe(bar)
    expect(history.state).toEqual({ page: 1 })
    expect(calls.map(([url, { site }]) => [url, site])).toEqual([
      ['https://go.acme.example/gp/v1/link/redeem', 'pk_live_x'],
    ])
    expect(adopted).toEqual([`goldpan.pk_live_x.visitor=${OTHER}`])
  })

  test.each(['/', '/?x=1', '/?x_gp=T', '/?_gp=', '/#_gp=T'])('%s brings nobody', async path => {
    expect(await arrive(path)).toBe(path)
    expect(calls).toEqual([])
  })

  test('who may not be tracked stays unknown, the address is cleaned all the same', async () => {
    visitor = undefined
    expect(await arrive('/?_gp=T')).toBe('/')
    expect(calls).toEqual([])
  })

  test('nor is who refuses while the collector thinks', async () => {
    answers = async () => {
      visitor = undefined
      return { visitor: OTHER }
    }
    await arrive('/?_gp=T')
    expect(adopted).toEqual([])
  })

  test.each([404, new TypeError('Failed to fetch'), { visitor: 5 }, {}])(
    'an answer of %s changes nobody',
    async answer => {
      answers = () => answer
      await arrive('/?_gp=T')
      expect(adopted).toEqual([])
    },
  )

  test('a collector that is silent is waited for a second', async () => {
    answers = () => new Promise(() => {})
    await arrive('/?_gp=T', 1_000)
    expect(adopted).toEqual([])
  })
})
