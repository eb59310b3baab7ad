import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from '../../../collector/advance/advance.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import { previewPublish } from '../../../collector/models/diff/preview-publish.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'
import { decision, form, NOON, pageView } from '../../support/facts.ts'
import { idOf, leadId } from '../../support/history.ts'
import { EXAMPLE, published } from '../../support/model.ts'
import { YEAR_START } from '../../support/simulated-persona.ts'
import { simulatedYear } from '../../support/simulated-year.ts'
import { memoryHistory } from './memory-history.ts'
import { LENIENT, shipped } from './shipped.ts'

const whenFit = (from: number): ScoringModel => ({
  ...EXAMPLE,
  mql: { ...EXAMPLE.mql, when: { key: 'fit', is: { from } }, fastTrack: null, exit: null },
})
const AT = NOON + 30 * DAY_MS

/** Somebody who gives their address and what they are, on a browser of their own. */
const lead = (email: string, traits: Record<string, string>, at = NOON): readonly Fact[] => [
  form(at, 'newsletter', { email, ...traits }, { visitor: email, subject: email }),
]
const HEAD = { jobTitle: 'Head of Marketing', industry: 'IT' }

const preview = (
  components: readonly (readonly Fact[])[],
  old: ScoringModel,
  draft: ScoringModel,
  now = AT,
) =>
  previewPublish({
    site: 'site',
    history: memoryHistory(components, [published(old)], now),
    published: [published(old)],
    draft: { model: draft, source: '', hash: 'draft' },
    advance,
    idOf,
    now,
    onProgress: async () => undefined,
    stop: new AbortController().signal,
  })

describe('before a publish', () => {
  it('it is known whom it would make an MQL, who waits then for a word', async () => {
    const found = await preview(
      [lead('anna@acme.example', HEAD), lead('b@b.example', {})],
      whenFit(90),
      whenFit(45),
    )
    expect(found).toEqual({
      at: AT,
      mqls: { before: 0, after: 1 },
      newlyMql: [leadId('anna@acme.example')],
      lost: [],
      losingSoon: [],
    })
  })

  it('and who would be a lead again at once, or as soon as the dwell allows', async () => {
    const people = [lead('anna@acme.example', HEAD), lead('new@acme.example', HEAD, AT - HOUR_MS)]
    expect(await preview(people, whenFit(45), whenFit(90))).toEqual({
      at: AT,
      mqls: { before: 2, after: 1 },
      newlyMql: [],
      lost: [leadId('anna@acme.example')],
      losingSoon: [leadId('new@acme.example')],
    })
  })

  it('those whom sales has, and those without a name, are not touched', async () => {
    const taken = [
      ...lead('anna@acme.example', HEAD),
      decision(NOON + DAY_MS, leadId('anna@acme.example'), 'sal', 'ok'),
    ]
    const nobody = [pageView(NOON, '/pricing', { visitor: 'x', subject: 'x' })]
    expect(await preview([taken, nobody], whenFit(45), whenFit(90))).toMatchObject({
      mqls: { before: 0, after: 0 },
      newlyMql: [],
      lost: [],
    })
  })

  it('the same model changes nothing', async () => {
    const model = whenFit(45)
    expect(await preview([lead('anna@acme.example', HEAD)], model, model)).toMatchObject({
      mqls: { before: 1, after: 1 },
      newlyMql: [],
      lost: [],
    })
  })

  it('an MQL that is due to cool by then is none', async () => {
    const model = shipped(...LENIENT)
    const story = [
      ...lead('anna@acme.example', { ...HEAD, company: 'Acme', companySize: '80' }),
      form(
        NOON + 1_000,
        'demo-request',
        { email: 'anna@acme.example' },
        { visitor: 'anna@acme.example', subject: 'anna@acme.example' },
      ),
    ]
    expect((await preview([story], model, model, NOON + DAY_MS))?.mqls).toEqual({ before: 1, after: 1 })
    expect((await preview([story], model, model, NOON + 300 * DAY_MS))?.mqls).toEqual({ before: 0, after: 0 })
  })

  it('is given up when somebody says so', async () => {
    const model = whenFit(45)
    const stop = new AbortController()
    const given = {
      site: 'site',
      history: memoryHistory([lead('a@a.example', {}), lead('b@b.example', {})], [published(model)], AT),
      published: [published(model)],
      draft: { model, source: '', hash: '' },
      advance,
      idOf,
      now: AT,
      onProgress: async () => stop.abort(),
      stop: stop.signal,
    }
    expect(await previewPublish(given)).toBeNull()
    expect(given.history.loads()).toBe(2)
  })
})

describe('over a simulated year', () => {
  const old = shipped(...LENIENT)
  const fresh = shipped(
    ...LENIENT,
    ['- fit: { from: 15 }', '- fit: { from: 35 }'],
    ['engagement: { from: 12 }', 'engagement: { from: 9 }'],
  )
  const shares = {
    sand: 0.3,
    bot: 0.05,
    reader: 0.2,
    buyer: 0.35,
    job_seeker: 0.05,
    student: 0.03,
    competitor: 0.02,
  }
  const year = simulatedYear({ seed: 3, visitors: 150, site: 'site', inForce: published(old), idOf, shares })
  const components = [...year]

  it('equals publishing and looking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 360 }), fc.boolean(), async (day, back) => {
        const now = YEAR_START + day * DAY_MS
        const [from, to] = back ? [fresh, old] : [old, fresh]
        const known = components
          .map(facts => facts.filter(({ occurredAt }) => occurredAt <= now))
          .filter(facts => facts.length > 0)
        const found = await preview(known, from, to, now)
        const mqlsUnder = (versions: readonly ReturnType<typeof published>[]) =>
          known.flatMap(facts =>
            advance({ site: 'site', facts, versions, idOf, now }).persons.flatMap(({ id, stage }) =>
              stage === 'mql' ? id : [],
            ),
          )
        const before = mqlsUnder([published(from)])
        const after = mqlsUnder([published(from), published(to, now, 2)])
        expect(found?.mqls).toEqual({ before: before.length, after: after.length })
        expect([...(found?.newlyMql ?? [])].sort()).toEqual(after.filter(id => !before.includes(id)).sort())
        expect([...(found?.lost ?? [])].sort()).toEqual(before.filter(id => !after.includes(id)).sort())
      }),
      { numRuns: 15 },
    )
  }, 30_000)
})
