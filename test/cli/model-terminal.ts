import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../../collector/cli/commands.ts'
import type { Io } from '../../collector/cli/io.ts'
import type { Site } from '../../collector/storage/store.ts'
import { envelopeOf, eventOf } from '../ingest/wire-samples.ts'
import { CHROME_USER_AGENT } from '../support/chromium.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface Lead {
  readonly id: string
  readonly stage: string
  readonly handoffs: readonly { readonly status: string }[]
}

/** A folder with a model, a collector that may be at work in it, and a command line beside it. */
export function openTerminal() {
  const place = installIn(tempDir())
  const path = (name: string) => join(place.cwd, name)

  async function goldpan(argv: readonly string[], over: Partial<Io> = {}) {
    const out: string[] = []
    const err: string[] = []
    const code = await runCommand(argv, {
      ...place,
      env: { ...place.env, USER: 'mara' },
      clock: Date.now,
      out: line => out.push(line),
      err: line => err.push(line),
      stop: new AbortController().signal,
      ...over,
    })
    return { code, out: out.join('\n'), err: err.join('\n') }
  }

  /** A collector with leads that asked for a demo, worth 50 points each. */
  async function collectorWith(leads: number, id = 'acme') {
    const collector = await startIn(place)
    const site = await collector.ensureSite({ id, name: id, origins: [] })
    for (let index = 0; index < leads; index += 1) await requestDemo(collector.url, site, index)
    await collector.settle()
    return collector
  }

  async function anotherLead(collector: Awaited<ReturnType<typeof startIn>>): Promise<void> {
    const [site] = await collector.store.sites()
    if (site) await requestDemo(collector.url, site, 999)
    await collector.settle()
  }

  return {
    ...place,
    goldpan,
    anotherLead,
    collectorWith,
    read: (name = 'goldpan.yaml') => readFileSync(path(name), 'utf8'),
    write: (text: string, name = 'goldpan.yaml') => writeFileSync(path(name), text),
    rewrite: (from: string, to: string, name = 'goldpan.yaml') => {
      const text = readFileSync(path(name), 'utf8')
      if (!text.includes(from)) throw new Error(`${name} has no ${from}`)
      writeFileSync(path(name), text.replace(from, to))
    },
  }
}

export async function requestDemo(url: string, site: Site, index: number): Promise<void> {
  const fields = [{ name: 'email', type: 'email', value: `lead-${index}@acme.example` }]
  const event = eventOf({ type: 'form_submit', props: { form: { id: 'demo' }, fields } })
  const envelope = { ...envelopeOf([event], site.publicKey), visitor: `visitor-${1000 + index}` }
  const headers = { 'user-agent': CHROME_USER_AGENT }
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', body: JSON.stringify(envelope), headers })
  if (answer.status !== 202) throw new Error(await answer.text())
}

export async function leadsOf(url: string, site = 'acme'): Promise<readonly Lead[]> {
  const ask = async (path: string) => (await fetch(`${url}${path}`, { headers: ADMIN })).json()
  const { data }: { data: readonly { id: string }[] } = await ask(`/v1/leads?limit=200&site=${site}`)
  return Promise.all(data.map(({ id }) => ask(`/v1/leads/${id}?site=${site}`)))
}
