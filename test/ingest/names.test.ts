import { expect, it } from 'vitest'
import { openSiteNames, roomForNames } from '../../collector/ingest/names.ts'
import type { Collector } from '../../collector/main.ts'
import { LIMITS } from '../../shared/limits.ts'
import type { IngestAnswer } from '../../shared/wire.ts'
import { ADMIN, installIn, startIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'
import { envelopeOf, eventOf } from './wire-samples.ts'

const MANY = Array.from({ length: LIMITS.names }, (_, n) => `name-${n}`)

interface Keys {
  readonly publicKey: string
  readonly secretKey: string
}

async function makeSite({ url }: Collector): Promise<Keys> {
  const headers = { ...ADMIN, 'content-type': 'application/json' }
  const body = JSON.stringify({ id: 'acme', name: 'Acme' })
  return (await fetch(`${url}/v1/sites`, { method: 'POST', headers, body })).json() as Promise<Keys>
}

async function send(
  { url }: Collector,
  { publicKey }: Pick<Keys, 'publicKey'>,
  types: readonly string[],
  headers = {},
): Promise<IngestAnswer> {
  const events = types.map(type => eventOf({ type }))
  const body = JSON.stringify(envelopeOf(events, publicKey))
  const answer = await fetch(`${url}/v1/events`, { method: 'POST', body, headers })
  return (await answer.json()) as IngestAnswer
}

it('a site has room for so many names of pages; another is kept aside, and nothing of it is lost', async () => {
  const installed = installIn(tempDir())
  let collector = await startIn(installed)
  const keys = await makeSite(collector)
  for (let from = 0; from < MANY.length; from += 100)
    expect(await send(collector, keys, MANY.slice(from, from + 100))).toMatchObject({ accepted: 100 })
  const over = await send(collector, keys, ['one-more', 'one-more', 'name-7', 'page_view'])
  expect(over).toMatchObject({
    accepted: 2,
    quarantined: 2,
    errors: [0, 1].map(index => ({ index, code: 'too_many_names', path: '/type' })),
  })

  await collector.close()
  collector = await startIn(installed)
  expect(await send(collector, keys, ['one-more', 'name-7'])).toMatchObject({ accepted: 1, quarantined: 1 })
  const bearer = { authorization: `Bearer ${keys.secretKey}` }
  expect(await send(collector, keys, ['of-our-server'], bearer)).toMatchObject({ accepted: 1 })

  const [aside] = await collector.store.aside('acme', 1)
  const released = await fetch(`${collector.url}/v1/quarantine/${aside?.id}/release?site=acme`, {
    method: 'POST',
    headers: { ...ADMIN, 'content-type': 'application/json' },
    body: aside?.body ?? '',
  })
  expect(released.status).toBe(200)
  expect(await send(collector, keys, ['one-more', 'two-more'])).toMatchObject({ accepted: 1, quarantined: 1 })
  await collector.close()
})

it('counts the new names of one request, but none twice, and never those of the vocabulary', () => {
  const roomFor = roomForNames(new Set(MANY.slice(2)), 'browser')
  const verdicts = ['a', 'b', 'a', 'c', 'page_view', 'name-9'].map(name => roomFor(name)?.code ?? 'taken')
  expect(verdicts).toEqual(['taken', 'taken', 'taken', 'too_many_names', 'taken', 'taken'])
  expect(roomForNames(new Set(MANY), 'server')('c')).toBeNull()
  expect(roomForNames(undefined, 'browser')('c')).toBeNull()
})

it('learns what was committed alone, of sites that were asked for, and asks the store once', async () => {
  let asked = 0
  const names = openSiteNames({
    eventNames: async () => {
      asked += 1
      return ['page_view', 'stored']
    },
  })
  const known = await names.of('acme')
  const facts = ['kept', 'known already', 'download'].map(type => ({ site: 'acme', type }) as never)
  const record = names.learning(async () => ({ outcomes: ['accepted', 'duplicate', 'accepted'] }))
  await record({ facts, quarantined: [] })
  expect([...known]).toEqual(['stored', 'kept'])
  expect(await names.of('acme')).toBe(known)
  expect(asked).toBe(1)
  const failing = names.learning(() => Promise.reject(new Error('full')))
  await expect(
    failing({ facts: [{ site: 'acme', type: 'lost' } as never], quarantined: [] }),
  ).rejects.toThrow()
  expect(known.has('lost')).toBe(false)
})
