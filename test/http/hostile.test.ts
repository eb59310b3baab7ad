import { expect, it } from 'vitest'
import { askEverywhere, eventsWith, noHarm, sendEverywhere } from '../support/hostile.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { startHarness } from './harness.ts'

const STRINGS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00 back to front',
  '\ufeff\u202eesrever\u2066',
  'e\u0301 \u1e9e \u0130',
  '😀'.repeat(200),
  '\r\nSet-Cookie: a=b\r\n\r\n<p>',
  '\u2028data: x\n\nevent: y',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)//',
  "'; DROP TABLE events; --",
  '" OR ""="',
  '%s%n%x{{7*7}}#{7*7}',
  '../../../../etc/passwd',
  '..%2f..%2f%00',
  '//evil.example/%2f..',
  'https://user:pass@evil.example#@acme.example',
  'http://[::1',
  'http://169.254.169.254/latest',
  '=cmd|"/c calc"!A0',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '1e309',
  '-0',
  '999999999999999999999999',
  '$.person',
  '*/**/%_',
  'x'.repeat(1_024),
  'x'.repeat(3_000),
]

it('hostile strings as every value there is break nothing, and come back as they were sent', async () => {
  const { url, site, token, store, warnings } = await startHarness()
  await store.publishModel('acme', published(EXAMPLE))
  const scopes = ['read', 'leads:pii', 'write', 'admin', 'erase', 'export'] as const
  const authorization = `Bearer ${await token(...scopes)}`
  const target = { url, publicKey: site.site.publicKey, authorization }
  const harm = noHarm()
  for (const [nth, text] of STRINGS.entries()) {
    await sendEverywhere(harm, target, text, `hostile-${nth}-visitor`)
    await askEverywhere(harm, target, text)
  }
  expect(harm.failed).toEqual([])
  expect(harm.changed).toEqual([])
  expect(harm.accepted).toBeGreaterThan(STRINGS.length * 5)
  expect(harm.accepted + harm.quarantined + harm.refused).toBe(STRINGS.length * eventsWith('').length)
  expect(warnings).toEqual([])
}, 60_000)

const ACCEPTABLE = [
  '[]',
  '{"a":1}',
  '[1e-2]',
  '["\\u0000"]',
  '{"a":"b","a":"c"}',
  '[-0]',
  ' [1] ',
  '"x"',
  '{"":0}',
  '[123e65]',
]
const OTHERS = [
  '[1,]',
  "{'a':0}",
  '[NaN]',
  '[\u0000]',
  '{"a":"a" 123}',
  '[\\u000A""]',
  '\ufeff{}',
  '',
  '[0x1]',
  '["\t"]',
]

it('JSON of every kind, as a body and inside an event, is taken or refused', async () => {
  const { send, site } = await startHarness()
  for (const text of [...ACCEPTABLE, ...OTHERS]) {
    expect((await send(text)).status).toBe(400)
    const event = `{"id":"0190a000-0000-7000-8000-00000000000${ACCEPTABLE.indexOf(text) % 10}","type":"x","at":1,"props":{"a":${text}}}`
    const answer = await send(`{"v":1,"site":"${site.site.publicKey}","sentAt":1,"events":[${event}]}`)
    expect([text, answer.status]).toEqual([text, ACCEPTABLE.includes(text) ? 202 : 400])
  }
})
