import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../collector/storage/open.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { installIn } from '../support/collector.ts'
import { buildProgram, serve } from '../support/program.ts'
import { tempDir } from '../support/temp-dir.ts'

const SITE = 'acme'
const MB = 1_000_000

let program: string
beforeAll(async () => {
  program = await buildProgram('full-disk')
})

/** A disk of eight megabytes; null where this user may mount none. */
function tinyDisk(): string | null {
  const folder = join(tempDir(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => {
    execFileSync('umount', [folder])
  })
  return folder
}

/** An installation whose database is on the tiny disk, with a file beside it that takes up room. */
async function onTinyDisk(folder: string, floorMegabytes: number) {
  const place = installIn(tempDir())
  const databaseUrl = `sqlite:${join(folder, 'goldpan.db')}`
  const env = { ...place.env, DATABASE_URL: databaseUrl, GOLDPAN_MIN_FREE_MB: String(floorMegabytes) }
  execFileSync(process.execPath, [program, 'site', 'create', '--name', 'Acme', '--id', SITE], {
    ...{ cwd: place.cwd, env: { ...env, PATH: process.env.PATH }, stdio: 'ignore' },
  })
  const filler = join(folder, 'filler')
  writeFileSync(filler, Buffer.alloc(3 * MB))
  const store = await openStore(databaseUrl)
  const key = (await store.sites())[0]?.publicKey ?? ''
  await store.close()
  const serving = await serve(program, { cwd: place.cwd, env })
  const send = async () => {
    const events = Array.from({ length: 50 }, () => eventOf({}))
    return fetch(`${serving.url}/v1/events`, {
      method: 'POST',
      body: JSON.stringify(envelopeOf(events, key)),
    })
  }
  return { serving, send, databaseUrl, giveRoom: () => rmSync(filler) }
}

/** Whose word it is that there is no room, and the floor in megabytes. */
const CASES: readonly (readonly [string, number])[] = [
  ['SQLite finds it full', 0],
  ['it has less room than the floor', 3],
]

it.for(CASES)(
  'a disk that fills up, when %s: 503, never a 2xx for what is not kept, and it goes on by itself',
  { timeout: 60_000 },
  async ([, floor], { skip }) => {
    const folder = tinyDisk()
    if (folder === null) return skip('this user may mount no disk')
    const { serving, send, databaseUrl, giveRoom } = await onTinyDisk(folder, floor)
    let accepted = 0
    let refused: Response | null = null
    for (let n = 0; n < 400 && refused === null; n += 1) {
      const answer = await send()
      if (answer.status === 202) accepted += (await answer.json()).accepted
      else refused = answer
    }
    expect(refused?.status).toBe(503)
    expect(await refused?.json()).toMatchObject({ code: 'disk_full' })
    expect(accepted).toBeGreaterThan(0)
    giveRoom()
    for (let answer = await send(); ; answer = await send()) {
      if (answer.status === 202) {
        accepted += (await answer.json()).accepted
        break
      }
      await pause(20)
    }
    expect(await serving.end('SIGTERM')).toBe(0)
    const store = await openStore(databaseUrl)
    expect((await store.counts(SITE)).facts).toBe(accepted)
    await store.close()
  },
)
