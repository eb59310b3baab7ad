import type { Browser, Page } from 'playwright-core'
import type { LabelledForm } from './corpus.ts'
import { describeControls, type Filling, fillIn, submitForms, type Way } from './in-page.ts'
import { type Control, type Manner, valueFor } from './marks.ts'
import type { Stage } from './stage.ts'

/** One way of submitting, with what stood in each labelled field. */
export interface Pass {
  readonly way: Way
  /** value by `idx` */
  readonly filled: ReadonlyMap<number, string>
}

export interface Visit {
  readonly form: LabelledForm
  readonly controls: readonly Control[]
  readonly passes: readonly Pass[]
  /** why it could not be visited, if so */
  readonly failure?: string
}

/** The native one comes last: it leaves the page. Secrets look real in one pass and like nothing in the others. */
const PASSES: readonly (readonly [Way, Manner])[] = [
  ['ajax', 'realistic'],
  ['submit()', 'plain'],
  ['native', 'plain'],
]

const CHOSEN = /select|radio|checkbox/
const LOAD_MS = 30_000

/** Opens the page of a form, fills it in and submits it in three ways, and waits until all of it has been sent. */
async function visitForm(page: Page, stage: Stage, form: LabelledForm, next: () => number): Promise<Visit> {
  await page.goto(stage.show(form), { timeout: LOAD_MS })
  await page.waitForFunction(isLive, undefined, { timeout: LOAD_MS })
  const controls = await page.evaluate(describeControls)
  const passes: Pass[] = []
  for (const [way, manner] of PASSES) {
    const fillings = form.fields.map(field => fillingOf(field, controls[field.idx], next(), manner))
    const stood = await page.evaluate(fillIn, fillings)
    passes.push({ way, filled: new Map(fillings.map(({ idx }, at) => [idx, stood[at] ?? ''])) })
    await submit(page, way)
  }
  await fence(page, stage, form.id)
  return { form, controls, passes }
}

function fillingOf(
  field: LabelledForm['fields'][number],
  control: Control = { type: 'text', inForm: false },
  n: number,
  manner: Manner,
): Filling {
  return {
    idx: field.idx,
    value: valueFor(field, control, n, manner),
    marksChoice: CHOSEN.test(control.type) && (field.expect === 'sensitive' || field.isHoneypot),
  }
}

/** A navigation may end the script that began it. */
async function submit(page: Page, way: Way): Promise<void> {
  const left =
    way === 'native' ? page.waitForEvent('framenavigated', { timeout: 1_500 }).catch(() => {}) : null
  await page.evaluate(submitForms, way).catch(() => {})
  await left
}

const isLive = (): boolean => document.readyState === 'complete' && !!window.goldpan?.live

/**
 * What was recorded before a marker has come when the marker has. It is set on the page that the form led to, or on its own;
 * again when a navigation took it away.
 */
async function fence(page: Page, stage: Stage, id: string, tries = 4): Promise<void> {
  const arrived = stage.arrived(id)
  const isSet = await page
    .waitForFunction(isLive, undefined, { timeout: LOAD_MS })
    .then(() => page.evaluate(name => window.goldpan?.('track', 'fence', { form: name }), id))
    .then(
      () => true,
      () => false,
    )
  if (isSet && (await arrived)) return
  if (tries === 1) throw new Error(`After form ${id} nothing more was sent.`)
  await fence(page, stage, id, tries - 1)
}

/** One form that breaks its page must not cost the others. */
async function visitOnce(
  browser: Browser,
  stage: Stage,
  form: LabelledForm,
  next: () => number,
): Promise<Visit> {
  const profile = await browser.newContext()
  try {
    return await visitForm(await profile.newPage(), stage, form, next)
  } catch (error) {
    return { form, controls: [], passes: [], failure: String(error).split('\n')[0] ?? '' }
  } finally {
    await profile.close()
  }
}

/** Visits every form, a few at a time, each in a profile of its own. */
export async function visitAll(
  browser: Browser,
  stage: Stage,
  forms: readonly LabelledForm[],
  tabs: number,
  onDone: (done: number) => void,
): Promise<readonly Visit[]> {
  const waiting = [...forms]
  const visits: Visit[] = []
  let n = 0
  const work = async (): Promise<void> => {
    for (let form = waiting.shift(); form; form = waiting.shift()) {
      visits.push(await visitOnce(browser, stage, form, () => ++n))
      onDone(visits.length)
    }
  }
  await Promise.all(Array.from({ length: tabs }, work))
  return visits
}
