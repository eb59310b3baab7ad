import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ALL_PAGES } from '../../demo-site/pages/all-pages.ts'
import { launchChromium } from '../support/chromium.ts'
import { type RunningSite, startSite } from './start-site.ts'
import { EMPTY, GROWING, measured, QUALIFIED, viewed } from './worlds.ts'

const SLOW = { timeout: 240_000 }

let site: RunningSite
let browser: Browser
beforeAll(async () => {
  site = await startSite()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})
beforeEach(() => {
  Object.assign(site.collector.world, EMPTY)
})

/** Runs with a page of its own. What the page complains about fails the test, but for what is `expected`. */
async function onPage(
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  expected: readonly string[] = [],
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  try {
    await use(page)
    expect(complaints).toEqual(expected)
  } finally {
    await context.close()
  }
}

/** Pages that differ in words only: one stands for all. */
const SAME = /^\/(?:thanks\/(?!contact)|bg\/|pl\/)/
const KINDS = ALL_PAGES.map(({ path }) => path).filter(path => !SAME.test(path))

/** @returns what axe finds wrong in a part of the page, in words */
async function violations(page: Page, part = 'html'): Promise<readonly string[]> {
  // Playwright's own world is not bound by the page's policy.
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    `axe.run('${part}', { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => id + ' ' + node.html + ' ' + node.failureSummary)))`,
  )
  return found as readonly string[]
}

const panel = (page: Page) => page.locator('#live-panel')
const listening = (page: Page) => panel(page).getByText('Listening').waitFor({ state: 'attached' })

/** Makes the panel ask again. Resolves when the answer is on show, because then the panel remembers it. */
async function update(page: Page): Promise<void> {
  await page.evaluate(() => sessionStorage.removeItem('goldpan-demo-state'))
  site.collector.tell('score', {})
  await page.waitForFunction(() => sessionStorage.getItem('goldpan-demo-state') !== null)
}

/** @returns what reaches beyond the panel, or is cut off by its own box */
const cut = (page: Page): Promise<readonly string[]> =>
  panel(page).evaluate(root => {
    const { left, right } = root.getBoundingClientRect()
    return [...root.querySelectorAll<HTMLElement>('.panel-body, .panel-body *:not(.hidden-text)')]
      .filter(part => {
        const box = part.getBoundingClientRect()
        const isCut = part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1
        return box.width > 0 && (box.left < left - 1 || box.right > right + 1 || isCut)
      })
      .map(part => `${part.tagName} ${part.className}`)
  })

/** Whether the second to last letter in an element stands left of the last. */
const lastLettersRunForward = (page: Page, selector: string): Promise<boolean> =>
  panel(page)
    .locator(selector)
    .first()
    .evaluate(element => {
      let last: Node = element
      while (last.lastChild) last = last.lastChild
      const end = last.textContent?.length ?? 0
      const [before, after] = [end - 2, end - 1].map(start => {
        const letter = document.createRange()
        letter.setStart(last, start)
        letter.setEnd(last, start + 1)
        return letter.getBoundingClientRect().left
      })
      return before !== undefined && after !== undefined && before < after
    })

describe('accessibility', () => {
  it.each(['light', 'dark'] as const)(
    'every kind of page passes axe in %s, and so does the panel at its fullest',
    SLOW,
    async colorScheme => {
      Object.assign(site.collector.world, QUALIFIED)
      await onPage({ colorScheme, viewport: { width: 1440, height: 900 } }, async page => {
        for (const path of KINDS) {
          await page.goto(site.url + path)
          expect([path, await violations(page, '.site')]).toEqual([path, []])
        }
        await panel(page)
          .getByText(/^Sales was told at/)
          .waitFor()
        expect(await violations(page)).toEqual([])
      })
    },
  )

  it.each(['light', 'dark'] as const)(
    'a phone passes axe in %s, sheet shut and open',
    SLOW,
    async colorScheme => {
      Object.assign(site.collector.world, GROWING)
      await onPage({ colorScheme, viewport: { width: 360, height: 740 } }, async page => {
        await page.goto(`${site.url}/he/pricing`)
        await listening(page)
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: 'Show', exact: true }).click()
        expect(await violations(page)).toEqual([])
      })
    },
  )

  it('a refused form passes axe and says what is wrong', SLOW, async () => {
    const use = async (page: Page) => {
      await page.goto(`${site.url}/newsletter`)
      await page.locator('main form').evaluate((form: HTMLFormElement) => {
        form.noValidate = true
      })
      const answer = page.waitForResponse(response => response.request().method() === 'POST')
      await page.locator('main button').click()
      expect((await answer).status()).toBe(422)
      await page.getByRole('alert').waitFor()
      expect(await violations(page)).toEqual([])
    }
    // The browser logs every answer from 400 on.
    await onPage({}, use, [
      'Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)',
    ])
  })
})

describe('layout', () => {
  it.each([360, 768, 1100, 3840])('nothing scrolls sideways at %i px', SLOW, async width => {
    Object.assign(site.collector.world, GROWING)
    await onPage({ viewport: { width, height: 800 } }, async page => {
      for (const { path } of ALL_PAGES) {
        await page.goto(site.url + path)
        const [content, room] = await page.evaluate(() => [
          document.body.scrollWidth,
          document.documentElement.clientWidth,
        ])
        expect([path, content]).toEqual([path, room])
        const wider = await page.evaluate(() =>
          [...document.querySelectorAll('.site *')]
            .filter(
              element =>
                element.scrollWidth > element.clientWidth + 1 &&
                getComputedStyle(element).overflowX === 'visible' &&
                getComputedStyle(element).display !== 'inline' &&
                element instanceof HTMLElement,
            )
            .map(element => element.className),
        )
        expect([path, wider]).toEqual([path, []])
      }
    })
  })

  it('mirrors the Hebrew page and keeps the panel on the right', SLOW, async () => {
    await onPage({ viewport: { width: 1440, height: 900 } }, async page => {
      await page.goto(`${site.url}/he/pricing`)
      const brand = await page.locator('.brand').boundingBox()
      const action = await page.locator('.site-header .button').boundingBox()
      const aside = await panel(page).boundingBox()
      expect(brand?.x).toBeGreaterThan(action?.x ?? Number.POSITIVE_INFINITY)
      expect((brand?.x ?? 0) + (brand?.width ?? 0)).toBeLessThanOrEqual(aside?.x ?? 0)
    })
  })
})

describe('the panel', () => {
  it('tells an empty browser what to do, and shows each event as it is heard', SLOW, async () => {
    await onPage({}, async page => {
      await page.goto(site.url)
      await listening(page)
      await expect.poll(() => panel(page).textContent()).toContain('Nothing yet. Click Pricing')
      await expect.poll(() => site.collector.streams()).toBeGreaterThan(0)
      site.collector.tell('event', viewed, '1.0')
      await panel(page).getByText('Viewed Pricing').waitFor()
      site.collector.tell('event', viewed, '1.0')
      expect(await panel(page).getByText('Viewed Pricing').count()).toBe(1)
      await panel(page).getByText('1 of 5').waitFor()
    })
  })

  it('grows with the score, says what is missing, and celebrates the MQL once', SLOW, async () => {
    await onPage({}, async page => {
      await page.goto(site.url)
      await listening(page)
      Object.assign(site.collector.world, GROWING)
      site.collector.tell('score', {})
      await panel(page).getByText('The company is not known').waitFor()
      expect(await panel(page).textContent()).toMatch(/Pricing\s*2 times\s*\+20/)
      expect(await panel(page).textContent()).toMatch(/Viewed Pricing\s*0:12 engaged/)
      expect(await panel(page).locator('[aria-current=step]').textContent()).toBe('Lead')

      Object.assign(site.collector.world, QUALIFIED)
      site.collector.tell('transition', {})
      await panel(page)
        .getByText(/^Sales was told at/)
        .waitFor()
      expect(await panel(page).locator('[aria-current=step]').textContent()).toBe('MQL')
      expect(await panel(page).getByRole('status').textContent()).toContain(
        'Mira Petrova is now a marketing qualified lead',
      )
      expect(await panel(page).locator('.grains').count()).toBe(1)

      await page.goto(`${site.url}/pricing`)
      await panel(page)
        .getByText(/^Sales was told at/)
        .waitFor()
      expect(await panel(page).locator('.grains').count()).toBe(0)
      expect(await panel(page).getByRole('status').textContent()).toBe('')
    })
  })

  it('leaves focus, a slow click and a selection alone when it is updated', SLOW, async () => {
    await onPage({}, async page => {
      await page.goto(site.url)
      await listening(page)
      const link = panel(page).locator('.tour-next').getByRole('link', { name: 'Read the prices' })
      await link.focus()
      Object.assign(site.collector.world, GROWING, { events: measured(1) })
      site.collector.tell('score', {})
      await panel(page).getByText('Lead · fit 0 · engagement 40').waitFor({ state: 'attached' })
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Read the prices')

      const said = panel(page).locator('.person b')
      await said.selectText()
      await update(page)
      expect(await page.evaluate(() => getSelection()?.toString())).toBe(GROWING.lead?.email)

      await link.hover()
      await page.mouse.down()
      await update(page)
      await page.mouse.up()
      await page.waitForURL('**/pricing')
    })
  })

  it('replaces nothing when there is nothing new', SLOW, async () => {
    Object.assign(site.collector.world, QUALIFIED)
    await onPage({}, async page => {
      await page.goto(`${site.url}/features`)
      await panel(page)
        .getByText(/^Sales was told at/)
        .waitFor()
      await update(page)
      const changes = await panel(page).evaluateHandle(element => {
        const seen: string[] = []
        new MutationObserver(records => {
          seen.push(...records.map(({ target }) => target.textContent ?? ''))
        }).observe(element, { childList: true, subtree: true })
        return seen
      })
      await update(page)
      expect(await changes.jsonValue()).toEqual([])
    })
  })

  it.each([360, 1440])('keeps values of 200 characters within itself at %i px', SLOW, async width => {
    const long = 'W'.repeat(200)
    const about = { ...viewed, page: { path: `/${long}`, title: long, category: long } }
    const reason = { rule: long, points: 5, earned: 5, capped: 3, decayed: 5, count: 2, events: ['e1'] }
    Object.assign(site.collector.world, QUALIFIED, {
      events: [about, { ...viewed, id: 'l2', type: long }, ...QUALIFIED.events],
      lead: {
        ...QUALIFIED.lead,
        name: null,
        email: `${long}@${long}.example`,
        traits: { company: { value: long }, jobTitle: { value: long } },
      },
      score: { fit: { reasons: [reason] }, engagement: { reasons: [reason] } },
    })
    const use = async (page: Page) => {
      await page.goto(site.url)
      await panel(page)
        .getByText(/^Sales was told at/)
        .waitFor({ state: 'attached' })
      if (width < 1100) await panel(page).getByRole('button', { name: 'Show', exact: true }).click()
      expect(await cut(page)).toEqual([])
      const { lead } = QUALIFIED
      const missing = [{ condition: {}, text: long }]
      Object.assign(site.collector.world, { lead: { ...lead, stage: 'lead', mql: { since: null, missing } } })
      site.collector.tell('transition', {})
      await panel(page).getByText('Missing for an MQL').waitFor()
      expect(await cut(page)).toEqual([])
    }
    await onPage({ viewport: { width, height: 900 } }, use)
  })

  it('does not let a value turn the words around it', SLOW, async () => {
    const turned = '\u202egnitekraM'
    Object.assign(site.collector.world, QUALIFIED, {
      events: [{ ...viewed, type: 'form_submit', props: { form: { id: turned } } }],
      lead: {
        ...QUALIFIED.lead,
        traits: { jobTitle: { value: turned }, company: { value: 'Acme' } },
      },
    })
    await onPage({ viewport: { width: 1440, height: 900 } }, async page => {
      await page.goto(site.url)
      await panel(page)
        .getByText(/^Sales was told at/)
        .waitFor()
      for (const place of ['.person > span:nth-of-type(1)', '.moment-about', '.line-text']) {
        expect([place, await lastLettersRunForward(page, place)]).toEqual([place, true])
      }
    })
  })

  it('ticks off in a new tab what was done long ago, and counts honestly', SLOW, async () => {
    Object.assign(site.collector.world, GROWING, { events: [...measured(149), ...GROWING.events] })
    await onPage({}, async page => {
      await page.goto(site.url)
      await panel(page).getByText('3 of 5').waitFor()
      expect(await panel(page).getByRole('heading', { name: 'Heard' }).textContent()).toBe('Heard 1+')
    })
  })

  it('shows hostile values as text', SLOW, async () => {
    const hostile = `<img src=x onerror="window.__ran=1"><script>window.__ran=1</script>`
    const reason = { rule: hostile, points: 5, earned: 5, capped: 0, decayed: 5, count: 1, events: [] }
    Object.assign(site.collector.world, QUALIFIED, {
      events: [
        { ...viewed, page: { path: hostile, title: hostile, category: hostile } },
        { ...viewed, id: 'h2', type: hostile, traits: { [hostile]: hostile } },
        { ...viewed, id: 'h3', type: 'download', props: { file: hostile } },
      ],
      lead: {
        ...QUALIFIED.lead,
        name: hostile,
        email: hostile,
        traits: { company: { value: hostile } },
        handoffs: [],
      },
      score: { fit: { reasons: [reason] }, engagement: { reasons: [{ ...reason, rule: `e${hostile}` }] } },
    })
    await onPage({}, async page => {
      await page.goto(site.url)
      await panel(page).getByText('Marketing qualified', { exact: true }).waitFor()
      expect(await panel(page).locator('img, script').count()).toBe(0)
      expect(await page.evaluate(() => '__ran' in window)).toBe(false)
    })
  })

  it('finds its way back when the collector was away', SLOW, async () => {
    Object.assign(site.collector.world, GROWING)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.route('**/panel/**', route => route.abort())
    await page.goto(site.url)
    await panel(page).getByText('Reconnecting').waitFor()
    await page.unroute('**/panel/**')
    await panel(page).getByText('The company is not known').waitFor()
    await context.close()
  })

  it('fills a form with an example person, the same until the visitor is new', SLOW, async () => {
    await onPage({}, async page => {
      await page.goto(`${site.url}/contact`)
      await listening(page)
      await page.getByRole('button', { name: 'Fill in an example person' }).click()
      const email = await page.locator('#contact-email').inputValue()
      expect(email).toMatch(/^[a-z]+\.[a-z]+@[a-z-]+\.example$/)
      expect(await page.locator('#contact-industry').inputValue()).toBe('Information technology')
      expect(await page.locator('#contact-company_size').inputValue()).toBe('50–200')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/thanks/contact')
      await page.goto(`${site.url}/demo`)
      await listening(page)
      await page.getByRole('button', { name: 'Fill in an example person' }).click()
      expect(await page.locator('#demo-request-email').inputValue()).toBe(email)
    })
  })

  it('starts over as a new visitor, and ends a visit on request', SLOW, async () => {
    await onPage({}, async page => {
      await page.goto(`${site.url}/pricing`)
      await listening(page)
      await page.evaluate(() =>
        localStorage.setItem('goldpan.pk_live_test.visitor', 'visitor-0001.session-0001.1'),
      )
      await page.getByText('All steps').click()
      await page.getByRole('button', { name: 'Leave and come back' }).click()
      await page.waitForURL(`${site.url}/`)
      expect(await page.evaluate(() => localStorage.getItem('goldpan.pk_live_test.visitor'))).toBe(
        'visitor-0001',
      )
      expect(await page.evaluate(() => localStorage.getItem('was-reset'))).toBeNull()
      await page.getByRole('button', { name: 'New visitor' }).click()
      await page.waitForFunction(() => localStorage.getItem('was-reset') === 'yes')
    })
  })

  it('is a sheet on a phone: opened, read and shut by keyboard, out of reach when shut', SLOW, async () => {
    Object.assign(site.collector.world, GROWING)
    await onPage({ viewport: { width: 360, height: 740 } }, async page => {
      await page.goto(`${site.url}/pricing`)
      await panel(page).getByText('Lead · fit 0 · engagement 40').waitFor()
      expect(await panel(page).getByText('Why this score').isVisible()).toBe(false)
      const toggle = panel(page).getByRole('button', { name: 'Show', exact: true })
      await toggle.focus()
      await page.keyboard.press('Enter')
      expect(await panel(page).getByText('Why this score').isVisible()).toBe(true)
      await page.keyboard.press('Escape')
      expect(await panel(page).getByText('Why this score').isVisible()).toBe(false)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Show')
    })
  })

  it('is not there without scripts, and the page has its whole width', SLOW, async () => {
    await onPage({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } }, async page => {
      await page.goto(`${site.url}/pricing`)
      expect(await panel(page).isVisible()).toBe(false)
      expect((await page.locator('.site').boundingBox())?.width).toBe(1440)
    })
  })
})
