import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { launchChromium } from '../support/chromium.ts'
import { openWorld, SITE, type Visitor, type World } from '../support/journey.ts'

/** Worked example 1 (mission): real browser, real tag, demo site and collector on different origins, both clocks moved. */

const STARTS_AT = Date.UTC(2026, 2, 2, 9)
const ANNA = 'anna@acme.example'
const HEAD = { company: 'Acme', job_title: 'Ръководител на маркетинга', industry: 'Information technology' }

interface Lead {
  readonly id: string
  readonly stage: string
  readonly email: string
  readonly mql: { readonly since: string | null; readonly reasons: readonly { readonly rule: string }[] }
  readonly handoffs: readonly { readonly status: string }[]
}

let browser: Browser
let world: World
let anna: Visitor

beforeAll(async () => {
  browser = await launchChromium({ whole: true })
})
afterAll(() => browser.close())
beforeEach(async () => {
  world = await openWorld(STARTS_AT)
  anna = await world.visitor(browser)
})
afterEach(async () => {
  await anna.context.close()
  await world.close()
})

const open = (page: Page, path: string) => page.goto(world.demo.url + path)

async function subscribe({ page }: Visitor): Promise<void> {
  await open(page, '/newsletter')
  const form = page.locator('main form#newsletter')
  await form.locator('[name=email]').fill(ANNA)
  await form.locator('[name=consent]').check()
  await form.locator('button').click()
  await page.waitForURL('**/thanks/newsletter')
}

async function takeGuide({ page }: Visitor): Promise<void> {
  await open(page, '/resources')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('a[href$="10-strategies-guide.pdf"]'),
  ])
  await download.path()
}

/** A visit of the pricing page, six seconds of it in sight, and away. */
async function lookAtPrices(visitor: Visitor): Promise<void> {
  await open(visitor.page, '/pricing')
  await heardFrom('page_view', '/pricing')
  await visitor.later(6 * SECOND_MS)
  await open(visitor.page, '/')
}

async function tellWhoSheIs({ page }: Visitor, profile: Readonly<Record<string, string>>): Promise<void> {
  await open(page, '/contact')
  const form = page.locator('main form#contact')
  await form.locator('[name=name]').fill('Anna Petrova')
  await form.locator('[name=email]').fill(ANNA)
  await form.locator('[name=message]').fill('How long does it take to begin?')
  for (const [name, value] of Object.entries(profile)) {
    const field = form.locator(`[name=${name}]`)
    const isSelect = (await field.evaluate(element => element.tagName)) === 'SELECT'
    await (isSelect ? field.selectOption(value) : field.fill(value))
  }
  await form.locator('button').click()
  await page.waitForURL('**/thanks/contact')
}

/** Waits until the stream has carried such an event; how often is the caller's affair. */
async function heardFrom(type: string, path: string): Promise<void> {
  await expect.poll(() => heardEvents(type, path).length, { timeout: 20_000 }).toBeGreaterThan(0)
}

const heardEvents = (type: string, path: string) =>
  world.heard.filter(
    ({ event, data }) => event === 'event' && data.type === type && pathOf(data.page) === path,
  )

const pathOf = (page: unknown): unknown =>
  typeof page === 'object' && page !== null && 'path' in page ? page.path : null

const moves = () =>
  world.heard.filter(({ event }) => event === 'transition').map(({ data }) => `${data.from} → ${data.to}`)

async function theLead(): Promise<Lead> {
  const answer = (await world.api(`/v1/leads?site=${SITE}`)) as { data: readonly Lead[] }
  const [listed] = answer.data
  if (!listed) throw new Error('there is no lead')
  expect(answer.data).toHaveLength(1)
  return (await world.api(`/v1/leads/${listed.id}?site=${SITE}`)) as Lead
}

/** The story without the profile; the days between the visits of the pricing page decide. */
async function live(visitor: Visitor, daysBetween: readonly number[]): Promise<void> {
  await subscribe(visitor)
  await visitor.later(11 * DAY_MS)
  await takeGuide(visitor)
  await visitor.later(DAY_MS)
  await lookAtPrices(visitor)
  for (const days of daysBetween) {
    await visitor.later(days * DAY_MS)
    await lookAtPrices(visitor)
  }
  await visitor.later(HOUR_MS)
}

describe('worked example 1', () => {
  it('a newsletter subscriber is a lead; guide, three pricing visits and the profile make her an MQL, told once', async () => {
    await subscribe(anna)
    await expect.poll(moves, { timeout: 20_000 }).toEqual(['anonymous → lead'])
    expect(await theLead()).toMatchObject({ stage: 'lead', email: ANNA, handoffs: [] })

    await anna.later(11 * DAY_MS)
    await takeGuide(anna)
    await anna.later(DAY_MS)
    for (const days of [4, 4, 0]) {
      await lookAtPrices(anna)
      await anna.later(days * DAY_MS)
    }
    await anna.later(HOUR_MS)
    expect(await theLead()).toMatchObject({ stage: 'lead', handoffs: [] })

    await tellWhoSheIs(anna, HEAD)
    await expect.poll(moves, { timeout: 20_000 }).toEqual(['anonymous → lead', 'lead → mql'])
    const lead = await theLead()
    expect(lead.stage).toBe('mql')
    const because = lead.mql.reasons.map(({ rule }) => rule)
    expect(because).toEqual(expect.arrayContaining(['marketing-head', 'it-company', 'guide', 'pricing-3x']))

    const panel = anna.page.locator('#live-panel')
    await expect.poll(() => panel.textContent(), { timeout: 20_000 }).toMatch(/MQL/)
    await expect.poll(() => panel.textContent(), { timeout: 20_000 }).toContain(ANNA)

    await lookAtPrices(anna)
    await anna.later(HOUR_MS)
    await world.collector.settle()
    expect((await theLead()).handoffs).toMatchObject([{ status: 'told' }])
    expect(world.heard.filter(({ event }) => event === 'handoff')).toHaveLength(1)
  })

  it.each([
    ['with two visits', [4], HEAD],
    ['with three visits over fifteen days', [8, 7.5], HEAD],
    ['when title and industry are unknown', [4, 4], { company: 'Acme' }],
  ])('not %s', async (_, daysBetween, profile) => {
    await live(anna, daysBetween)
    await tellWhoSheIs(anna, profile)
    await heardFrom('form_submit', '/contact')
    await world.collector.settle()
    expect(await theLead()).toMatchObject({ stage: 'lead', mql: { since: null }, handoffs: [] })
    expect(moves()).toEqual(['anonymous → lead'])
  })
})
