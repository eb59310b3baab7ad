import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { unknownFields } from '../../collector/queries/profile.ts'
import { openTerminal, requestDemo } from '../cli/model-terminal.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN } from '../support/collector.ts'

/** Of three people one has an event that cannot be read. */

const WORD = 'somebody'
const DAMAGE = `UPDATE events SET props = '"${WORD}"' || props WHERE visitor = 'visitor-1001'`

let collector: Awaited<ReturnType<ReturnType<typeof openTerminal>['collectorWith']>>
beforeEach(async () => {
  const terminal = openTerminal()
  collector = await terminal.collectorWith(3)
  const db = new Database(join(terminal.cwd, 'data/goldpan.db'))
  expect(db.prepare(DAMAGE).run().changes).toBe(1)
  db.close()
})

const ask = (path: string) => fetch(`${collector.url}${path}`, { headers: ADMIN })

it('the list of events goes on past it, and says what of it is missing and what to do', async () => {
  const answer = await ask('/v1/events?site=acme')
  expect(answer.status).toBe(200)
  const { data }: { data: readonly Record<string, unknown>[] } = await answer.json()
  expect(data.map(({ visitor }) => visitor)).toEqual(['visitor-1002', 'visitor-1001', 'visitor-1000'])
  expect(data.map(({ damaged }) => damaged)).toEqual([
    undefined,
    expect.stringMatching(
      /^The database is damaged: events\.props of this event cannot be read\. .*goldpan doctor/,
    ),
    undefined,
  ])
  expect(data[1]).toMatchObject({ type: 'form_submit', props: {}, traits: {} })
  expect(JSON.stringify(data)).not.toContain(WORD)
})

it('of its person every other event is understood by itself, and says so', async () => {
  const [site] = await collector.store.sites()
  if (!site) throw new Error('expected a site')
  await requestDemo(collector.url, site, 1)
  const { data } = await (await ask('/v1/events?site=acme&visitor=visitor-1001')).json()
  expect(data).toMatchObject([{ props: { form: { id: 'demo' } } }, { props: {} }])
  expect(data[1].damaged).toContain('events.props')
  expect(data[0].damaged).toContain('understood by itself')
})

it('the log says once that it cannot be decided on, and no word of it', async () => {
  const [site] = await collector.store.sites()
  if (!site) throw new Error('expected a site')
  for (let times = 0; times < 3; times += 1) {
    await requestDemo(collector.url, site, 1)
    await collector.settle()
  }
  const said = collector.said.filter(line => line.includes('qualify'))
  expect(said).toEqual([
    expect.stringMatching(/the database is damaged: events\.props of a row.*goldpan doctor/),
  ])
  expect(said[0]).not.toMatch(/ at .*\.ts/)
  expect(collector.said.join()).not.toContain(WORD)
})

it('what is unknown of its browser is everything: it may have named somebody else', async () => {
  const unknown = (visitor: string) =>
    unknownFields(collector.store, {
      site: 'acme',
      visitor,
      fields: ['email', 'industry'],
      userAgent: CHROME_USER_AGENT,
    })
  const [site] = await collector.store.sites()
  if (site) await requestDemo(collector.url, site, 1)
  expect(await unknown('visitor-1000')).toEqual(['industry'])
  expect(await unknown('visitor-1001')).toEqual(['email', 'industry'])
})

it('their timeline is said to be damaged, not to be asked for again; the others are there', async () => {
  const { data }: { data: readonly { id: string }[] } = await (await ask('/v1/leads?site=acme')).json()
  const answers = await Promise.all(data.map(({ id }) => ask(`/v1/leads/${id}/timeline?site=acme`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 503])
  const damaged = answers.find(({ status }) => status === 503)
  expect(damaged?.headers.get('retry-after')).toBeNull()
  const text = await damaged?.text()
  expect(text).toContain('store_damaged')
  expect(text).toContain('goldpan doctor')
  expect(text).not.toContain(WORD)
})
