import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { tempDir } from '../support/temp-dir.ts'
import { startHarness } from './harness.ts'

const CODE = Buffer.from('globalThis.goldpan = 1\n'.repeat(20))

async function serving(): Promise<string> {
  const publicDir = tempDir()
  writeFileSync(join(publicDir, 'goldpan.js'), CODE)
  writeFileSync(join(publicDir, 'goldpan.js.br'), brotliCompressSync(CODE))
  writeFileSync(join(publicDir, 'goldpan.js.gz'), gzipSync(CODE))
  const { url } = await startHarness({ publicDir })
  return `${url}/goldpan.js`
}

/** As it travels: fetch would decompress. */
const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  new Promise<{ status: number | undefined; headers: Readonly<Record<string, unknown>>; body: Buffer }>(
    (resolve, reject) => {
      request(url, { headers }, async answer => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk)
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) })
      })
        .on('error', reject)
        .end()
    },
  )

describe('GET /goldpan.js', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br;q=0', 'gzip', gunzipSync],
    ['GZIP;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
    ['', undefined, (body: Buffer) => body],
  ])('with Accept-Encoding %j comes as %s', async (accepted, encoding, decode) => {
    const answer = await get(await serving(), { 'accept-encoding': accepted })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(decode(answer.body).equals(CODE)).toBe(true)
  })

  it('is for pages of other sites, for an hour', async () => {
    const { headers } = await get(await serving())
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
    })
  })

  it('is not sent again to who has it, in the form he has', async () => {
    const url = await serving()
    const plain = String((await get(url)).headers.etag)
    const brotli = String((await get(url, { 'accept-encoding': 'br' })).headers.etag)
    expect(plain).not.toBe(brotli)
    const again = await get(url, { 'if-none-match': `"other", W/${plain}` })
    expect(again).toMatchObject({ status: 304, headers: { etag: plain } })
    expect(again.body).toHaveLength(0)
    expect((await get(url, { 'accept-encoding': 'br', 'if-none-match': plain })).status).toBe(200)
  })

  it('not yet built says so', async () => {
    const { url } = await startHarness()
    const answer = await fetch(`${url}/goldpan.js`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({
      code: 'not_built',
      detail: expect.stringContaining('npm run build'),
    })
  })
})
