import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Collector, startCollector } from '../../collector/main.ts'
import { ask, askEverywhere, type Harm, noHarm, sendEverywhere, type Target } from '../support/hostile.ts'
import { corpusRows, type Row, textOf } from './rows.ts'
import type { Section } from './section.ts'

const MODEL = `goldpan: 1
name: Small
engagement:
  rules:
    - { id: demo, on: form_submit, points: 50 }
mql:
  when: { engagement: { from: 40 } }
`
const TOKEN = 'gp_eval_administrator'

/**
 * `hostile__*.ndjson`: strings as every value of the wire and the API, and bodies of JSON that must be accepted, refused, or
 * either, sent to a collector of its own.
 */
export const hostile: Section = {
  name: 'hostile',
  evaluate: async (folder, { say }) => {
    const strings = corpusRows(folder, 'hostile__strings', row => textOf(row, 'value'))
    const bodies = corpusRows(folder, 'hostile__json', bodyOf)
    const place = mkdtempSync(join(tmpdir(), 'goldpan-hostile-'))
    writeFileSync(join(place, 'goldpan.yaml'), MODEL)
    const log: string[] = []
    const env = { PORT: '0', GOLDPAN_ADMIN_TOKEN: TOKEN }
    const collector = await startCollector({ env, cwd: place, clock: Date.now, warn: line => log.push(line) })
    try {
      const site = await collector.ensureSite({ id: 'hostile', name: 'Hostile', origins: [] })
      const target = { url: collector.url, publicKey: site.publicKey, authorization: `Bearer ${TOKEN}` }
      const lines = [
        ...strings.notes,
        ...(await stringLines(collector, target, strings.rows, say)),
        ...bodies.notes,
        ...(await bodyLines(target, bodies.rows)),
      ]
      return [...lines, ...listed('lines in the log', log)]
    } finally {
      await collector.close()
      rmSync(place, { recursive: true, force: true })
    }
  },
}

async function stringLines(
  collector: Collector,
  target: Target,
  texts: readonly string[],
  say: (text: string) => void,
): Promise<readonly string[]> {
  const harm = noHarm()
  const megabytes: number[] = []
  for (const [nth, text] of texts.entries()) {
    await sendEverywhere(harm, target, text, `hostile-${nth}`)
    await askEverywhere(harm, target, text)
    if (nth % 100 !== 99) continue
    await collector.settle()
    megabytes.push(Math.round(process.memoryUsage().rss / 1e6))
    say(`${nth + 1} of ${texts.length}`)
  }
  await collector.settle()
  return [
    `${texts.length} strings: ${outcomes(harm)}`,
    `  memory, MB: ${megabytes.join(' ')}`,
    ...harmLines(harm),
  ]
}

const outcomes = ({ requests, accepted, quarantined, refused }: Harm): string =>
  `${requests} requests; events accepted ${accepted}, quarantined ${quarantined}, refused ${refused}`

const harmLines = ({ failed, changed }: Harm): readonly string[] => [
  ...listed('requests failed', failed),
  ...listed('fields came back otherwise', changed),
]

const listed = (what: string, all: readonly string[]): readonly string[] => [
  `  ${what}: ${all.length}`,
  ...all.slice(0, 30).map(line => `    ${line.slice(0, 200)}`),
]

interface Body {
  readonly name: string
  readonly expect: string
  readonly bytes: Buffer
}

const bodyOf = (row: Row): Body | null =>
  typeof row.body_b64 === 'string'
    ? { name: textOf(row, 'name'), expect: textOf(row, 'expect'), bytes: Buffer.from(row.body_b64, 'base64') }
    : null

/** As a whole body, which is no envelope and so refused whatever it is; and as a value inside an event. */
async function bodyLines(target: Target, bodies: readonly Body[]): Promise<readonly string[]> {
  const harm = noHarm()
  const wrong: string[] = []
  for (const [nth, { name, expect, bytes }] of bodies.entries()) {
    const post = (body: Buffer) =>
      ask(harm, target, '/v1/events', { method: 'POST', body: new Uint8Array(body) })
    const whole = await post(bytes)
    if (whole && whole.status < 400) wrong.push(`${name}: alone ${whole.status}`)
    const [before = '', after = ''] = wrapped(target, nth).split('VALUE')
    const inside = await post(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]))
    const isTaken = inside?.status === 202
    if (expect === 'must_accept' && !isTaken) wrong.push(`${name}: inside ${inside?.status}`)
    if (expect === 'must_reject_4xx' && isTaken) wrong.push(`${name}: inside ${inside.status}`)
  }
  return [
    `${bodies.length} bodies: ${harm.requests} requests`,
    ...listed('judged otherwise', wrong),
    ...harmLines(harm),
  ]
}

function wrapped({ publicKey }: Target, nth: number): string {
  const id = `0190a000-0000-7000-8000-${String(nth).padStart(12, '0')}`
  const now = Date.now()
  const event = `{"id":"${id}","type":"json","at":${now},"props":{"a":VALUE}}`
  return `{"v":1,"site":"${publicKey}","sentAt":${now},"events":[${event}]}`
}
