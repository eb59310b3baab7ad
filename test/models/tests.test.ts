import { describe, expect, it } from 'vitest'
import { advance } from '../../collector/advance/advance.ts'
import type { ModelTest } from '../../collector/contracts/model.ts'
import { factsOfTest, runModelTests, TEST_END_MS } from '../../collector/models/tests.ts'
import { EVENT_ID_PATTERN } from '../../shared/ids.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { modelIn, SAMPLE } from './sample.ts'

const END = 1_000 * DAY_MS

function factsOf(...events: readonly string[]) {
  const [test] = modelIn(
    `${SAMPLE}tests: [ { name: n, events: [ ${events.join(', ')} ], expect: { stage: lead } } ]\n`,
  ).tests
  return factsOfTest(test as ModelTest, END)
}

describe('the facts of a test', () => {
  it('are one visitor’s, in a browser, at their times before the end', () => {
    const [fact] = factsOf(
      '{ at: -1h, type: page_view, path: "/цени?utm_source=x", title: Цени, session: 7 }',
    )
    expect(fact).toMatchObject({
      type: 'page_view',
      occurredAt: END - HOUR_MS,
      receivedAt: END - HOUR_MS,
      origin: 'browser',
      tooLate: false,
      noted: null,
      page: { url: 'https://www.example.com/%D1%86%D0%B5%D0%BD%D0%B8?utm_source=x', title: 'Цени' },
    })
    expect(fact?.visitor).toBe(fact?.subject)
    expect(fact?.session).toContain('7')
    expect(fact?.id).toMatch(new RegExp(EVENT_ID_PATTERN))
  })

  it('tell engaged time as the collector hears it: the view earlier, its report at the time given', () => {
    const [view, report, ...others] = factsOf(
      '{ at: -1h, type: page_view, path: /pricing, engaged: 20s, scroll: 80, session: 1 }',
    )
    expect(others).toEqual([])
    expect(view).toMatchObject({ type: 'page_view', occurredAt: END - HOUR_MS - 20 * SECOND_MS, props: {} })
    expect(report).toMatchObject({
      type: 'engagement',
      occurredAt: END - HOUR_MS,
      session: view?.session,
      page: view?.page,
      props: { view: view?.id, engagedMs: 20 * SECOND_MS, scrollPct: 80 },
    })
  })

  it('name a form and its fields by the traits they mean', () => {
    const [fact] = factsOf(
      '{ at: 0s, type: form_submit, form: demo, traits: { email: a@b.example, companySize: 80 } }',
    )
    expect(fact?.props).toEqual({
      form: { id: 'demo' },
      fields: [
        { name: 'email', 'data-goldpan-field': 'email', value: 'a@b.example' },
        { name: 'companySize', 'data-goldpan-field': 'companySize', value: '80' },
      ],
    })
  })

  it('identify by e-mail and phone, and say the rest as traits', () => {
    const [fact] = factsOf(
      '{ at: 0s, type: identify, traits: { email: a@b.example, phone: 123, jobTitle: CEO, age: 40 } }',
    )
    expect(fact?.props).toEqual({ email: 'a@b.example', phone: '123', traits: { jobTitle: 'CEO', age: 40 } })
  })

  it('carry downloads and the properties of events of one’s own', () => {
    const [download, custom] = factsOf(
      '{ at: 0s, type: download, file: a guide.pdf }',
      '{ at: 0s, type: webinar_attended, props: { minutes: 40 } }',
    )
    expect(download?.props).toEqual({
      file: 'a guide.pdf',
      url: 'https://www.example.com/files/a%20guide.pdf',
    })
    expect(custom?.props).toEqual({ minutes: 40 })
  })

  it('have ids that ascend in the order of the file, and sessions only where given', () => {
    const facts = factsOf(
      '{ at: 0s, type: page_view, engaged: 5s }',
      '{ at: 0s, type: page_view }',
      '{ at: -1d, type: page_view, engaged: 5s }',
    )
    const ids = facts.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(5)
    expect(facts.every(({ session }) => session === null)).toBe(true)
  })
})

describe('running the tests of a model', () => {
  const story = 'events: [ { at: 0s, type: form_submit, form: demo, traits: { email: a@acme.example } } ]'
  const run = (expectation: string) => {
    const source = `${SAMPLE}tests: [ { name: asks, ${story}, expect: ${expectation} } ]\n`
    return runModelTests(modelIn(source), source, advance)[0]
  }

  it('passes when the stage and every reason are as expected', () => {
    expect(run('{ stage: mql, because: [demo] }')).toEqual({
      name: 'asks',
      pass: true,
      expected: { stage: 'mql', because: ['demo'] },
      got: { stage: 'mql', reasons: ['demo'] },
      message: '',
    })
  })

  it('fails for another stage', () => {
    expect(run('{ stage: lead }')).toMatchObject({
      pass: false,
      got: { stage: 'mql' },
      message: 'expected the stage lead, got mql. The reasons are demo.',
    })
  })

  it('fails for a reason that was none', () => {
    expect(run('{ stage: mql, because: [demo, pricing] }')).toMatchObject({
      pass: false,
      message: 'expected pricing among the reasons. The reasons are demo.',
    })
  })

  it('ends at the same instant every day', () => {
    let now = 0
    const source = `${SAMPLE}tests: [ { name: n, ${story}, expect: { stage: anonymous } } ]\n`
    const [result] = runModelTests(modelIn(source), source, input => {
      now = input.now
      return { persons: [] }
    })
    expect(now).toBe(TEST_END_MS)
    expect(new Date(TEST_END_MS).toISOString()).toBe('2026-01-15T12:00:00.000Z')
    expect(result).toMatchObject({ pass: true, got: { stage: 'anonymous', reasons: [] } })
  })
})
