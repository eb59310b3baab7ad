import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../collector/cli/commands.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'

let place: ReturnType<typeof installIn>
beforeEach(() => {
  place = installIn(mkdtempSync(join(tmpdir(), 'goldpan-cli-')))
})
afterEach(() => rmSync(place.cwd, { recursive: true }))

async function goldpan(...argv: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const say = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  const code = await runCommand(argv, {
    ...place,
    clock: Date.now,
    ...say,
    stop: new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const rewrite = (from: string, to: string) => {
  const path = join(place.cwd, 'goldpan.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

/** A collector with one lead: a demo request, worth 50 points. */
async function collectorWithALead() {
  const collector = await startIn(place)
  const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
  const fields = [{ name: 'email', type: 'email', value: 'anna@acme.example' }]
  const event = eventOf({ type: 'form_submit', props: { form: { id: 'demo' }, fields } })
  const body = JSON.stringify(envelopeOf([event], site.publicKey))
  const headers = { 'user-agent': CHROME_USER_AGENT }
  const answer = await fetch(`${collector.url}/v1/events`, { method: 'POST', body, headers })
  expect(answer.status).toBe(202)
  await collector.settle()
  return collector
}

const leads = async (url: string): Promise<readonly { id: string; stage: string; handoffs: unknown[] }[]> => {
  const answer = (await (await fetch(`${url}/v1/leads`, { headers: ADMIN })).json()) as {
    data: { id: string }[]
  }
  const each = answer.data.map(async ({ id }) =>
    (await fetch(`${url}/v1/leads/${id}`, { headers: ADMIN })).json(),
  )
  return Promise.all(each) as Promise<{ id: string; stage: string; handoffs: unknown[] }[]>
}

describe('goldpan model publish', () => {
  it('puts a changed file in force beside a collector at work; whom that qualifies waits for a word', async () => {
    rewrite('from: 40', 'from: 90')
    const { url, settle } = await collectorWithALead()
    expect(await leads(url)).toMatchObject([{ stage: 'lead', handoffs: [] }])

    rewrite('from: 90', 'from: 40')
    expect(await leads(url)).toMatchObject([{ stage: 'lead' }])
    expect(await goldpan('model', 'publish')).toMatchObject({
      code: 0,
      out: expect.stringContaining('version 2'),
    })
    await settle()
    expect(await leads(url)).toMatchObject([{ stage: 'mql', handoffs: [{ status: 'waiting' }] }])
    expect((await goldpan('model', 'publish')).out).toContain('in force')
  })

  it('does not publish a file that is broken, or whose own tests fail', async () => {
    await collectorWithALead()
    rewrite(
      'goldpan: 1',
      'goldpan: 1\ntests: [{ name: never, events: [{ at: 0s, type: page_view, path: / }], expect: { stage: mql } }]',
    )
    expect(await goldpan('model', 'publish')).toMatchObject({
      code: 1,
      out: expect.stringContaining('never'),
    })
    rewrite('engagement:', 'engagment:')
    expect(await goldpan('model', 'publish')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/goldpan.yaml:\d+:\d+/),
    })
  })
})

describe('goldpan replay --verify', () => {
  it('finds no difference in what was derived', async () => {
    const collector = await collectorWithALead()
    expect(await goldpan('replay', '--verify')).toMatchObject({
      code: 0,
      out: 'acme: 1 persons replayed, 0 differences',
    })
    await collector.close()
  })

  it.each([
    [`UPDATE persons SET state = replace(state, '"stage":"mql"', '"stage":"customer"')`, ['stage']],
    [`UPDATE persons SET stage = 'lead'`, ['stage']],
    ['UPDATE persons SET next_due_at = NULL', ['next_due_at']],
    ['UPDATE persons SET fit_score = 99', ['fit_score']],
    ['DELETE FROM persons', ['missing']],
    ['DELETE FROM transitions', ['transitions']],
    ['DELETE FROM spans', ['spans']],
    [`UPDATE persons SET state = '{'`, [expect.stringContaining('unreadable')]],
    [`UPDATE persons SET id = 'somebody else'`, ['missing']],
  ])('finds what somebody changed: %s', async (tampering, parts) => {
    await (await collectorWithALead()).close()
    const db = new Database(join(place.cwd, 'data/goldpan.db'))
    db.pragma('foreign_keys = off')
    db.exec(tampering)
    db.close()
    const { code, out } = await goldpan('replay', '--verify', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)[0].differences[0]).toMatchObject({ parts: expect.arrayContaining(parts) })
  })

  it('wants to be told what to do', async () => {
    expect(await goldpan('replay')).toMatchObject({ code: 2, err: expect.stringContaining('--verify') })
  })
})
