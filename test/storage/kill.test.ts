import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { aQuarantined, SITE } from '../contract/store/samples.ts'

const HERE = dirname(fileURLToPath(import.meta.url))
/** Below node_modules, so that the driver is found from there. */
const CHILD = join(HERE, '../../node_modules/.cache/test-storage/record-forever.mjs')
const ROUNDS = 5

/** Starts the recorder, kills it with SIGKILL while it works, and gives the ids it had acknowledged. */
async function recordUntilKilled(url: string, round: number, afterLines: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CHILD, url, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let output = ''
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk
    lines = output.split('\n').length - 1
    if (lines >= afterLines) child.kill('SIGKILL')
  })
  await once(child.stdout, 'close')
  expect(await exited).toEqual([null, 'SIGKILL'])
  return output.slice(0, output.lastIndexOf('\n')).split(/\s/)
}

async function idsIn(store: Store): Promise<readonly string[]> {
  const ids: string[] = []
  let seq = 0
  for (;;) {
    const facts = await store.factsSince(SITE, seq, 1_000)
    if (facts.length === 0) return ids
    ids.push(...facts.map(fact => fact.id))
    seq = facts.at(-1)?.seq ?? seq
  }
}

/** What was kept aside is sent again, with what may have been: one batch more than was acknowledged. @returns how many were new */
async function sendAgain(store: Store, round: number, acknowledged: number): Promise<number> {
  const ids = Array.from({ length: acknowledged + 1 }, (_, batch) => `${round}-${batch}-0-aside`)
  const before = (await store.counts(SITE)).quarantined
  const again = ids.map(eventId => aQuarantined({ eventId }))
  const { outcomes } = await store.record({ facts: [], quarantined: again })
  expect(outcomes.slice(0, -1).filter(outcome => outcome !== 'duplicate')).toEqual([])
  const added = outcomes.at(-1) === 'accepted' ? 1 : 0
  expect((await store.counts(SITE)).quarantined).toBe(before + added)
  return added
}

it('holds every acknowledged event exactly once, and whole batches only, after kill -9 at any moment', async () => {
  await build({
    entryPoints: [join(HERE, 'record-forever.ts')],
    outfile: CHILD,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
  })
  const directory = await mkdtemp(join(tmpdir(), 'goldpan-kill-'))
  const url = `sqlite:${join(directory, 'goldpan.db')}`
  const acknowledged: string[] = []
  /** of those that no batch had brought */
  let asideAgain = 0
  for (let round = 0; round < ROUNDS; round++) {
    const afterLines = 1 + Math.floor(Math.random() * 60)
    const acked = await recordUntilKilled(url, round, afterLines)
    acknowledged.push(...acked)
    const store = await openStore(url)
    const stored = await idsIn(store)
    const present = new Set(stored)
    expect(stored.length, `round ${round}, killed after ${afterLines} batches`).toBe(present.size)
    expect(acknowledged.filter(id => !present.has(id))).toEqual([])
    expect(stored.length % 20).toBe(0)
    expect((await store.counts(SITE)).quarantined).toBe(stored.length / 20 + asideAgain)
    asideAgain += await sendAgain(store, round, acked.length / 20)
    expect((await store.dirty(10)).length).toBeGreaterThan(0)
    await store.close()
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * 20)
  await rm(directory, { recursive: true })
}, 60_000)
