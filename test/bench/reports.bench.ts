import { constants, copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import { type Collector, startCollector } from '../../collector/main.ts'
import { loadModelFile } from '../../collector/models/load.ts'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { applyRetention } from '../../collector/queries/retention.ts'
import { pause } from '../../collector/queries/retention-keeper.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { optionsFrom } from '../support/options.ts'
import { quantile } from '../support/quantiles.ts'
import { saying } from '../support/say.ts'
import { type Client, clientOf } from './reports/client.ts'
import { townFile } from './reports/town-file.ts'
import { SITE } from './scoring/crowd.ts'

/**
 * What reports and upkeep do to ingest, over a town of leads on SQLite: how long each takes, the longest the collector's event
 * loop was held up by it, and how long acknowledgements took meanwhile. Collector and client share a process.
 * `--leads N`: of the town, 100,000 unless given; made at the first run (some minutes) and kept in `--folder`.
 * `--seconds N`: for how long each is asked again and again, 3 unless given. `--only WORD`: rows whose name holds it.
 * `--inline`: read in the thread that takes events, as a single command does.
 */

const { leads, seconds, folder, only, inline } = optionsFrom({
  leads: 100_000,
  seconds: 3,
  folder: 'node_modules/.cache/goldpan/reports',
  only: '',
  inline: false,
})
const FOLDER = resolve(folder)
const TOKEN = 'bench-admin-token-of-this-run'

const ms = (value: number): number => Number(value.toFixed(1))

type Act = () => Promise<unknown>

/** Does it again and again, with an event sent whenever the one before was acknowledged. */
async function measure(client: Client, act: Act): Promise<Readonly<Record<string, number>>> {
  const [took, acks]: [number[], number[]] = [[], []]
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const until = performance.now() + seconds * 1_000
  let isOver = false
  const sending = (async () => {
    while (!isOver) acks.push(await client.send())
  })()
  try {
    do {
      const began = performance.now()
      await act()
      took.push(performance.now() - began)
    } while (performance.now() < until)
  } finally {
    isOver = true
    await sending
  }
  delay.disable()
  return {
    times: took.length,
    'took p50 ms': ms(quantile(took, 0.5)),
    'p95 ms': ms(quantile(took, 0.95)),
    'longest block ms': ms(delay.max / 1e6),
    acks: acks.length,
    'ack p50 ms': ms(quantile(acks, 0.5)),
    'ack p99 ms': ms(quantile(acks, 0.99)),
    'ack max ms': ms(quantile(acks, 1)),
  }
}

/** Who was not seen for longest, some two hundred of them, goes. */
async function retentionRound({ store }: Collector): Promise<void> {
  const oldest = { site: SITE, who: 'leads', after: null, limit: 200, before: Date.now() } as const
  const before = (await store.longUnseen(oldest)).at(-1)?.lastSeenAt ?? 0
  const deps = {
    store,
    clock: Date.now,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: personIdsOf(store),
    connectedTo: loadConnected,
    pause,
  }
  const leadsMs = Date.now() - before
  await applyRetention(deps, SITE, { quarantineMs: null, anonymousMs: null, leadsMs })
}

function rowsOf(client: Client, collector: Collector): Readonly<Record<string, Act>> {
  const get = (path: string): Act => {
    const site = path.includes('?') ? `&site=${SITE}` : `?site=${SITE}`
    return () => client.ask({ method: 'GET', path: `${path}${site}` })
  }
  const post =
    (path: string, body: object): Act =>
    () =>
      client.ask({ method: 'POST', path, body })
  const search = get('/v1/leads?q=nobody-of-that-name')
  const page = get('/v1/leads?limit=50')
  return {
    nothing: () => sleep(100),
    'leads, text search': search,
    'leads, page': page,
    'leads, page by grade': get('/v1/leads?grade=B&limit=50'),
    'accounts, page': get('/v1/accounts'),
    'accounts, text search': get('/v1/accounts?q=nobody-of-that-name'),
    'events, page of a type': get('/v1/events?type=form_submit&limit=50'),
    'metrics scrape': get('/metrics'),
    counts: () => collector.store.counts(SITE).then(() => nextTurn()),
    'export of a person': post('/v1/privacy/export', { site: SITE, email: 'lead-7@company-7.example' }),
    'address search of an erasure': post('/v1/privacy/erase', {
      site: SITE,
      email: 'somebody-else@company-7.example',
    }),
    'model preview, for so long': () =>
      client.askFor(seconds * 1_000, {
        method: 'POST',
        path: `/v1/model/preview?site=${SITE}`,
        body: { from: 'file' },
      }),
    'retention round, 200 leads': () => retentionRound(collector),
    'leads, page, beside text searches': beside(search, page),
  }
}

/** An act while another one goes on all the time. */
function beside(other: Act, act: Act): Act {
  const going = { isGoing: false }
  return async () => {
    if (!going.isGoing) {
      going.isGoing = true
      void other().finally(() => {
        going.isGoing = false
      })
    }
    await act()
  }
}

const loading = loadModelFile('goldpan.yaml')
if (!loading.ok) throw new Error('goldpan.yaml is not sound')
const version: ModelVersion = { version: 1, publishedAt: 0, ...loading.loaded }
mkdirSync(FOLDER, { recursive: true })
const file = join(FOLDER, `${leads}.db`)
const say = saying()
await townFile({
  file,
  leads,
  version,
  say: (done, of) => say('founding a town, leads', done, of),
})

const asked = `${file}.asked`
const takeAway = (): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${asked}${end}`, { force: true })
}
takeAway()
copyFileSync(file, asked, constants.COPYFILE_FICLONE)
const collector = await startCollector({
  ...(inline && { openStore }),
  env: {
    PORT: '0',
    DATABASE_URL: `sqlite:${asked}`,
    GOLDPAN_ADMIN_TOKEN: TOKEN,
    GOLDPAN_MODEL: resolve('goldpan.yaml'),
  },
  clock: Date.now,
})
const site = (await collector.store.sites()).find(({ id }) => id === SITE)
const client = clientOf(`http://127.0.0.1:${collector.port}`, TOKEN, site?.publicKey ?? '')
try {
  await collector.settle()
  const rows: Record<string, unknown> = {}
  for (const [name, act] of Object.entries(rowsOf(client, collector))) {
    if (!name.includes(only)) continue
    console.error(`  ${name}`)
    rows[name] = await measure(client, act)
    await collector.settle()
  }
  console.table(rows)
  console.log(
    `${leads.toLocaleString('en')} leads; memory of the process ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  )
} finally {
  client.close()
  await collector.close()
  takeAway()
}
