import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { AppDeps } from '../../collector/app.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startHarness } from './harness.ts'

const CODE = Buffer.from('globalThis.goldpan = 1\n'.repeat(20))
const CHUNK = Buffer.from('export const start = () => {}\n'.repeat(20))
const OLD = Buffer.from('globalThis.goldpan = 0\n'.repeat(20))
const INTEGRITY = `sha384-${createHash('sha384').update(CODE).digest('base64')}`

const FILES: Readonly<Record<string, Buffer>> = {
  'goldpan.js': CODE,
  'goldpan.1a2b3c4d.js': CODE,
  'goldpan.0e0f0a0b.js': OLD,
  'goldpan.vitals.5e6f7a8b.js': CHUNK,
}

/** A folder as the build leaves it, with a file of an earlier release and what is nobody's business. */
function built(): string {
  const publicDir = tempDir()
  for (const [file, code] of Object.entries(FILES)) {
    writeFileSync(join(publicDir, file), code)
    writeFileSync(join(publicDir, `${file}.br`), brotliCompressSync(code))
    writeFileSync(join(publicDir, `${file}.gz`), gzipSync(code))
  }
  const manifest = {
    file: 'goldpan.1a2b3c4d.js',
    integrity: INTEGRITY,
    chunks: ['goldpan.vitals.5e6f7a8b.js'],
  }
  writeFileSync(join(publicDir, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(publicDir, 'README.md'), 'not for the world')
  return publicDir
}

const serving = async (changes: Partial<AppDeps> = {}): Promise<string> =>
  (await startHarness({ publicDir: built(), ...changes })).url

/** As it travels: fetch would decompress. */
const ask = (url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: Readonly<Record<string, unknown>>; body: Buffer }>(
    (resolve, reject) => {
      request(url, { headers, method }, async answer => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) })
      })
        .on('error', reject)
        .end()
    },
  )

const FOR_ANY_PAGE = {
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'timing-allow-origin': '*',
  vary: 'Accept-Encoding',
}

describe('GET /goldpan.js', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br;q=0', 'gzip', gunzipSync],
    ['GZIP;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
    ['', undefined, (body: Buffer) => body],
  ])('with Accept-Encoding %j comes as %s', async (accepted, encoding, decode) => {
    const answer = await ask(`${await serving()}/goldpan.js`, { 'accept-encoding': accepted })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(decode(answer.body).equals(CODE)).toBe(true)
  })

  it('is for pages of other sites, for an hour', async () => {
    const { headers } = await ask(`${await serving()}/goldpan.js`)
    expect(headers).toMatchObject({
      ...FOR_ANY_PAGE,
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    })
    expect(headers['access-control-allow-credentials']).toBeUndefined()
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('is not sent again to who has it, in the form he has', async () => {
    const url = `${await serving()}/goldpan.js`
    const plain = String((await ask(url)).headers.etag)
    const brotli = String((await ask(url, { 'accept-encoding': 'br' })).headers.etag)
    expect(plain).not.toBe(brotli)
    const again = await ask(url, { 'if-none-match': `"other", W/${plain}` })
    expect(again).toMatchObject({ status: 304, headers: { etag: plain, vary: 'Accept-Encoding' } })
    expect(again.body).toHaveLength(0)
    expect((await ask(url, { 'if-none-match': '*' })).status).toBe(304)
    expect((await ask(url, { 'accept-encoding': 'br', 'if-none-match': plain })).status).toBe(200)
  })

  it('answers HEAD with what GET would say', async () => {
    const url = `${await serving()}/goldpan.js`
    const [get, head] = [
      await ask(url, { 'accept-encoding': 'br' }),
      await ask(url, { 'accept-encoding': 'br' }, 'HEAD'),
    ]
    expect(head.status).toBe(200)
    expect(head.body).toHaveLength(0)
    const { date: _, ...expected } = get.headers
    expect(head.headers).toMatchObject(expected)
    expect(head.headers['content-length']).toBe(String(get.body.length))
  })

  it('not yet built says so', async () => {
    const { url } = await startHarness()
    for (const path of ['/goldpan.js', '/goldpan.json']) {
      const answer = await fetch(url + path)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({
        code: 'not_built',
        detail: expect.stringContaining('npm run build'),
      })
    }
  })
})

describe('a file whose name changes with its content', () => {
  it.each(Object.entries(FILES).slice(1))('%s may be kept for ever', async (file, code) => {
    const answer = await ask(`${await serving()}/${file}`, { 'accept-encoding': 'br' })
    expect(answer.headers).toMatchObject({
      ...FOR_ANY_PAGE,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    })
    expect(brotliDecompressSync(answer.body).equals(code)).toBe(true)
  })

  it.each(['goldpan.deadbeef.js', 'goldpan.vitals.deadbeef.js'])(
    '%s, which is not here, says what is',
    async file => {
      const answer = await ask(`${await serving()}/${file}`)
      expect(answer).toMatchObject({
        status: 404,
        headers: {
          'content-type': 'application/problem+json',
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
        },
      })
      expect(JSON.parse(answer.body.toString())).toMatchObject({
        code: 'unknown_version',
        current: 'goldpan.1a2b3c4d.js',
        detail: expect.stringContaining('goldpan.1a2b3c4d.js'),
      })
    },
  )

  it.each(['README.md', 'manifest.json', 'goldpan.js.br', 'goldpan.1a2b3c4d.js.gz', '..%2fgoldpan.js'])(
    '%s is not served',
    async file => {
      const answer = await ask(`${await serving()}/${file}`)
      expect(answer.status).toBe(404)
      expect(answer.headers['content-type']).toBe('application/problem+json')
    },
  )

  it('is found under a base path, too', async () => {
    const url = await serving({ basePath: '/gp' })
    expect((await ask(`${url}/gp/goldpan.vitals.5e6f7a8b.js`)).body.equals(CHUNK)).toBe(true)
    expect((await ask(`${url}/goldpan.vitals.5e6f7a8b.js`)).status).toBe(404)
  })
})

describe('GET /goldpan.json', () => {
  const tell = async (base: string) => (await fetch(`${base}/goldpan.json`)).json()

  it('tells which file is today’s, and its hash', async () => {
    const url = await serving()
    const told = await tell(url)
    expect(told).toEqual({
      file: 'goldpan.1a2b3c4d.js',
      integrity: INTEGRITY,
      chunks: ['goldpan.vitals.5e6f7a8b.js'],
      url: `${url}/goldpan.1a2b3c4d.js`,
    })
    expect((await ask(told.url)).body.equals(CODE)).toBe(true)
  })

  it('knows its address under a base path and behind a proxy', async () => {
    const url = await serving({ basePath: '/gp' })
    expect((await tell(`${url}/gp`)).url).toBe(`${url}/gp/goldpan.1a2b3c4d.js`)
    const proxied = await serving({ publicUrl: 'https://www.acme.example/gp' })
    expect((await tell(proxied)).url).toBe('https://www.acme.example/gp/goldpan.1a2b3c4d.js')
  })
})
