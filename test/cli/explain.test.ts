import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCommand } from '../../collector/cli/commands.ts'
import { explanationLines } from '../../collector/cli/explain-report.ts'
import type { Collector } from '../../collector/main.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { scoreAt, visit } from '../queries/asking.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { form, NOON } from '../support/facts.ts'
import { tempDir } from '../support/temp-dir.ts'

const ANNA = 'anna@acme.example'
const MODEL = readFileSync(new URL('../../goldpan.yaml', import.meta.url), 'utf8')

/** A collector with the model that ships, and a terminal beside it. */
async function begin() {
  const place = installIn(tempDir(), MODEL)
  const collector = await startIn(place)
  const site = await collector.ensureSite({ id: 'main', name: 'Main', origins: [] })
  const run = async (...argv: readonly string[]) => {
    const out: string[] = []
    const err: string[] = []
    const code = await runCommand(['explain', ...argv], {
      ...place,
      clock: Date.now,
      out: line => out.push(line),
      err: line => err.push(line),
      stop: new AbortController().signal,
    })
    return { code, out: out.join('\n'), lines: out, err: err.join('\n') }
  }
  return { collector, run, site }
}

/** Anna asks for a demo and says who she is. */
async function askForDemo(collector: Collector, key: string, company = 'Acme'): Promise<void> {
  const given = { email: ANNA, jobTitle: 'Head of Marketing', company }
  const fields = Object.entries(given).map(([name, value]) => ({ name, 'data-goldpan-field': name, value }))
  const event = eventOf({ type: 'form_submit', props: { form: { id: 'demo' }, fields } })
  const answer = await fetch(`${collector.url}/v1/events`, {
    method: 'POST',
    body: JSON.stringify(envelopeOf([event], key)),
    headers: { 'user-agent': CHROME_USER_AGENT },
  })
  expect(answer.status).toBe(202)
  await collector.settle()
}

it('rounds a score one way, whether it is shown or missing', () => {
  const facts = [form(NOON, 'newsletter', { email: ANNA }), ...visit(NOON + HOUR_MS)]
  for (let hours = 2; hours < 400; hours += 7) {
    const score = scoreAt(facts, NOON + hours * HOUR_MS)
    const explained = { site: 'main', id: 'x', timezone: 'UTC', score }
    const out = explanationLines(explained, (_, text) => text).join('\n')
    const [, shown] = /^Engagement ([\d.]+)$/m.exec(out) ?? []
    const [, has] = /Engagement ([\d.]+) of 40:/.exec(out) ?? []
    expect(has).toBeDefined()
    expect(shown).toBe(has)
  }
})

it('says who, why and until when, in eighty columns and without colour where there is no terminal', async () => {
  const { collector, run, site } = await begin()
  await askForDemo(collector, site.publicKey)
  const { code, out, lines } = await run(' Anna@ACME.example ')
  expect(code).toBe(0)
  expect(lines[0]).toMatch(/^Head of Marketing at Acme\. In the last two weeks: the demo form\./)
  expect(out).toMatch(/^Fit 25, grade C$/m)
  expect(out).toMatch(/^ {2}\+25 {2}marketing-head {2}Job function is marketing/m)
  expect(out).toMatch(/^ {2}50\.0 {2}█{10} {2}demo {2}1 demo form/m)
  expect(out).toMatch(/^Not known\n {2}- Industry is not known \(\+20 if it is IT or software\)/m)
  expect(out).toMatch(/^MQL until \d+ \w+( \d{4})?, \d\d:\d\d, if nothing happens\.$/m)
  for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(80)
  expect(out).not.toContain('\u001b')
})

it('finds the lead by id, and tells the same as the API in JSON', async () => {
  const { collector, run, site } = await begin()
  await askForDemo(collector, site.publicKey)
  const at = new Date(Date.now() + DAY_MS).toISOString()
  const { lead } = JSON.parse((await run(ANNA, '--json')).out)
  const { out } = await run(lead, '--at', at, '--model', '1', '--json')
  const answer = await fetch(`${collector.url}/v1/leads/${lead}/score?at=${at}&model=1`, { headers: ADMIN })
  expect(JSON.parse(out)).toEqual({ site: 'main', lead, ...((await answer.json()) as object) })
  expect(JSON.parse(out)).toMatchObject({ asOf: at, stage: 'mql', grade: 'C', mql: { by: 'fast_track' } })
})

it('lets nothing that a visitor typed steer the terminal', async () => {
  const { collector, run, site } = await begin()
  await askForDemo(collector, site.publicKey, 'Acme\u001b[31m\u0007 Ltd')
  const { out, lines } = await run(ANNA)
  expect(out).toMatch(/Acme.*Ltd/)
  for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u)
})

it('says on which sites somebody is a lead when there are several', async () => {
  const { collector, run, site } = await begin()
  const shop = await collector.ensureSite({ id: 'shop', name: 'Shop', origins: [] })
  await askForDemo(collector, site.publicKey)
  await askForDemo(collector, shop.publicKey)
  const { code, err, out } = await run(ANNA)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toBe(`explain: ${ANNA} is a lead on 2 sites, main and shop. Say which with --site.`)
  expect((await run(ANNA, '--site', 'shop')).out).toMatch(/of shop\.$/m)
})

it('says what it cannot answer: exit code 1', async () => {
  const { collector, run, site } = await begin()
  await askForDemo(collector, site.publicKey)
  expect(await run('boris@acme.example')).toMatchObject({
    code: 1,
    err: 'Expected a lead, by id or e-mail address; nobody is known as "boris@acme.example".',
  })
  expect(await run(ANNA, '--at', '2020-01-01')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^at: the lead is known since 20\d\d-.*, got 2020-01-01T00:00:00.000Z\.$/),
  })
  expect(await run(ANNA, '--model', '7')).toMatchObject({
    code: 1,
    err: 'model: expected a published version (1), got 7.',
  })
})

it.each([
  [[], /expected one lead/],
  [['a', 'b'], /expected one lead/],
  [[ANNA, '--at', 'yesterday'], /at: expected an RFC 3339 time .*; got "yesterday"/],
  [[ANNA, '--model', 'two'], /model: expected the number of a published model version; got "two"/],
  [[ANNA, '--site', 'nowhere'], /site: expected one of main, got "nowhere"/],
  [[ANNA, '--colour'], /Unknown option/],
])('%j is not understood: exit code 2 and how to write it', async (argv, message) => {
  const { run } = await begin()
  const { code, out, err } = await run(...argv)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(message)
  expect(err).toContain('goldpan explain LEAD_ID|EMAIL')
})
