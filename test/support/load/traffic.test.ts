import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ADMIN, installIn, startIn } from '../collector.ts'
import { tempDir } from '../temp-dir.ts'
import { closedLoop } from './closed-loop.ts'
import { targetOf } from './connection.ts'
import { demoRequests, eachOf, LOAD_ENV, requestsOf, trafficOf } from './traffic.ts'

/** More visitors than one office has (networks/crowd.ts), in fewer requests than are sent. */
const REQUESTS = 1_200
const TIMEOUT_MS = 60_000

test(
  'a load is taken for people, every event of it, and a demo request makes an MQL',
  async () => {
    const installed = installIn(tempDir(), readFileSync('goldpan.yaml', 'utf8'))
    const collector = await startIn({ ...installed, env: { ...installed.env, ...LOAD_ENV } })
    const { publicKey } = await collector.ensureSite({ id: 'load', name: 'Load', origins: [] })
    const requests = [
      ...requestsOf(REQUESTS, trafficOf({ site: publicKey, eventsPerRequest: 1 })),
      ...requestsOf(100, trafficOf({ site: publicKey, eventsPerRequest: 10, load: 1 })),
      ...requestsOf(3, demoRequests(publicKey, 2)),
    ]
    const next = eachOf(requests)
    const answers: string[] = []
    const tally = await closedLoop({
      target: targetOf(collector.url),
      connections: 8,
      next,
      onOutcome: ({ events }, outcome) => {
        const body = outcome.kind === 'answered' ? outcome.answer.body.toString() : outcome.why
        if (!body.includes(`"accepted":${events.length},`)) answers.push(body)
      },
    })
    expect(answers).toEqual([])
    expect(tally.statuses).toEqual({ 202: requests.length })

    await collector.settle()
    const page = async (path: string): Promise<{ data: readonly unknown[]; next: string | null }> =>
      (await fetch(`${collector.url}${path}`, { headers: ADMIN })).json()
    expect((await page('/v1/leads?site=load&stage=mql')).data).toHaveLength(3)

    const kinds: unknown[] = []
    for (let cursor = ''; cursor !== 'end'; ) {
      const { data, next } = await page(`/v1/events?site=load&limit=200${cursor}`)
      kinds.push(...data.map(event => Object(event).traffic.kind))
      cursor = next === null ? 'end' : `&cursor=${encodeURIComponent(next)}`
    }
    expect(kinds).toHaveLength(requests.flatMap(({ events }) => events).length)
    expect(kinds.filter(kind => kind !== 'human')).toEqual([])
    expect(collector.said.filter(line => /crowd|failed|proxy/.test(line))).toEqual([])
  },
  TIMEOUT_MS,
)
