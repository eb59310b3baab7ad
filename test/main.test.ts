import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, StartError } from '../collector/config/start-error.ts'
import { startCollector } from '../collector/main.ts'
import { envelopeOf, eventOf } from './ingest/wire-samples.ts'
import { ADMIN, installIn, startIn } from './support/collector.ts'
import { tempDir } from './support/temp-dir.ts'

/** A program's agent would be taken for a bot's. */
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(`${url}/v1/events`, { method: 'POST', headers: { 'user-agent': CHROME }, body: JSON.stringify(body) })

describe('startCollector', () => {
  it('goes the whole way: an event over HTTP, qualified, asked for', async () => {
    const collector = await startIn(installIn(tempDir()))
    const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    const fields = [{ name: 'email', type: 'email', value: 'jane@acme.example' }]
    const submit = eventOf({ type: 'form_submit', at: Date.now(), props: { form: { id: 'demo' }, fields } })
    const answer = await post(collector.url, { ...envelopeOf([submit], site.publicKey), sentAt: Date.now() })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
    await collector.settle()
    const leads = await (await fetch(`${collector.url}/v1/leads`, { headers: ADMIN })).json()
    expect(leads.data).toMatchObject([{ email: 'jane@acme.example', stage: 'mql' }])
    expect(collector.said.filter(line => line.includes('jane'))).toEqual([])
  })

  it('makes an administrator at the first start, says so once, and keeps no word of it', async () => {
    const { cwd } = installIn(tempDir())
    const first = await startIn({ cwd, env: { PORT: '0' } })
    const token = first.firstAdminToken
    expect(first.said.filter(line => token !== null && line.includes(token))).toHaveLength(1)
    const sites = () => fetch(`${first.url}/v1/sites`, { headers: { authorization: `Bearer ${token}` } })
    expect((await sites()).status).toBe(200)
    await first.close()
    const second = await startIn({ cwd, env: { PORT: '0' } })
    expect(second.firstAdminToken).toBeNull()
    expect(second.said.join()).not.toContain(token)
  })

  it('starts under no model whose own tests fail, and names them', async () => {
    const place = installIn(tempDir())
    const path = join(place.cwd, 'goldpan.yaml')
    const sound = readFileSync(path, 'utf8')
    const failing = `${sound}tests: [ { name: one view, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n`
    writeFileSync(path, failing)
    await expect(startIn(place)).rejects.toThrow(StartError)
    await expect(startIn(place)).rejects.toThrow(
      /goldpan\.yaml .*tests fail:\n +✗ one view\n +expected the stage mql/,
    )

    writeFileSync(path, sound)
    const collector = await startIn(place)
    await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    writeFileSync(join(place.cwd, 'goldpan.shop.yaml'), failing)
    await expect(collector.ensureSite({ id: 'shop', name: 'Shop', origins: [] })).rejects.toThrow(
      /✗ one view/,
    )
    expect(await collector.store.modelVersions('shop')).toEqual([])
    await collector.close()
    // What is in force stays, whatever became of the file.
    writeFileSync(path, failing)
    await startIn(place)
  })

  it('reports everything wrong with the configuration, and starts nothing', async () => {
    const starting = startCollector({ env: { PORT: 'x', HOST: '?' }, cwd: tempDir(), clock: Date.now })
    await expect(starting).rejects.toThrow(ConfigError)
    await expect(starting).rejects.toThrow(/PORT: .*\n.*HOST: /)
  })

  it('says in a sentence that the port is taken, and leaves nothing open', async () => {
    const first = await startIn(installIn(tempDir()))
    const { cwd, env } = installIn(tempDir())
    const starting = startIn({ cwd, env: { ...env, PORT: String(first.port) } })
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(/^Port \d+ on 127\.0\.0\.1 is taken\. .*PORT=\d+\.$/)
    await startIn({ cwd, env })
  })

  it('makes no administrator nobody would hear of', async () => {
    const first = await startIn(installIn(tempDir()))
    const { cwd } = installIn(tempDir())
    await expect(startIn({ cwd, env: { PORT: String(first.port) } })).rejects.toThrow(StartError)
    expect((await startIn({ cwd, env: { PORT: '0' } })).firstAdminToken).toMatch(/^gp_/)
  })

  it('serves under a base path, and names a public address', async () => {
    const { cwd, env } = installIn(tempDir())
    const collector = await startIn({ cwd, env: { ...env, GOLDPAN_BASE_PATH: '/gp' } })
    expect(collector.url).toBe(`http://127.0.0.1:${collector.port}/gp`)
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${collector.url}/`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${collector.port}/healthz`)).status).toBe(404)
    await collector.close()
    const behindProxy = await startIn({ cwd, env: { ...env, GOLDPAN_PUBLIC_URL: 'https://go.example.com' } })
    expect(behindProxy.url).toBe('https://go.example.com')
  })
})

describe('the model', () => {
  it('that is broken at the first start is refused with every problem, where it stands', async () => {
    const starting = startIn(installIn(tempDir(), 'goldpan: 1\nname: Broken\nmgl: {}\nhandoff: maybe\n'))
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(/goldpan\.yaml:3:\d+ [^\n]+\n[^\n]*goldpan\.yaml:4:\d+ /)
  })

  it('that is missing is refused, too', async () => {
    const starting = startIn({ cwd: tempDir(), env: { PORT: '0' } })
    await expect(starting).rejects.toThrow(/goldpan\.yaml/)
  })

  it.each([
    ['broken', 'goldpan: 1\nname: Broken\n', /is broken; what is published stays in force/],
    [
      'changed',
      'goldpan: 1\nname: Changed\nmql: { when: { engagement: { from: 1 } } }\n',
      /is changed; what is published stays in force/,
    ],
  ])('%s later changes nothing: what is published stays in force', async (_, text, said) => {
    const installation = installIn(tempDir())
    const first = await startIn(installation)
    await first.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    await first.close()
    writeFileSync(join(installation.cwd, 'goldpan.yaml'), text)
    const second = await startIn(installation)
    expect(second.said).toEqual(expect.arrayContaining([expect.stringMatching(said)]))
    expect((await second.store.modelVersions('acme')).map(({ model }) => model.name)).toEqual(['Small'])
  })

  it('is published to a site as it is made, over the API, too', async () => {
    const collector = await startIn(installIn(tempDir()))
    const body = JSON.stringify({ name: 'Shop' })
    expect((await fetch(`${collector.url}/v1/sites`, { method: 'POST', body, headers: ADMIN })).status).toBe(
      201,
    )
    expect(await collector.store.modelVersions('shop')).toMatchObject([
      { version: 1, model: { name: 'Small' } },
    ])
  })
})

describe('close', () => {
  it('finishes the request under way, ends streams, and takes no new one', async () => {
    const collector = await startIn(installIn(tempDir()))
    const site = await collector.ensureSite({ id: 'acme', name: 'Acme', origins: [] })
    const stream = await fetch(`${collector.url}/v1/events/stream`, { headers: ADMIN })
    const reading = stream.text().catch(() => 'cut')

    const body = JSON.stringify(envelopeOf(undefined, site.publicKey))
    const halfSent = request(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-length': body.length },
    })
    const answered = new Promise<number | undefined>((resolve, reject) => {
      halfSent.on('response', answer => {
        answer.resume()
        resolve(answer.statusCode)
      })
      halfSent.on('error', reject)
    })
    halfSent.write(body.slice(0, 20))
    await fetch(`${collector.url}/healthz`)

    const closing = collector.close()
    expect(await reading).toContain('retry:')
    halfSent.end(body.slice(20))
    expect(await answered).toBe(202)
    await closing
    await expect(fetch(`${collector.url}/healthz`)).rejects.toThrow()
  })

  it('does not wait for a connection that was opened in advance and never asked anything', async () => {
    const collector = await startIn(installIn(tempDir()))
    const spare = connect(collector.port, '127.0.0.1')
    const ended = once(spare, 'close')
    await once(spare, 'connect')
    await fetch(`${collector.url}/healthz`)
    await collector.close()
    await ended
  })
})
