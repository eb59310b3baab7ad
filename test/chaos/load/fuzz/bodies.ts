import { type Random, randomFrom } from '../../../support/random.ts'
import { type Framed, framed } from './framing.ts'
import { broken, mutated } from './mutate.ts'
import { envelopeSample, SEGMENT_CALLS, segmentSample } from './samples.ts'

/** Public keys of the sites that bodies go to, so that what became of each kind can be counted apart. */
export interface FuzzSites {
  /** of /v1/events */
  readonly events: string
  /** of Segment's routes */
  readonly segment: string
  /** of /v1/validate, which stores nothing */
  readonly validate: string
}

export interface FuzzBody extends Framed {
  /** of the run: with the seed it gives the same body again */
  readonly nth: number
  readonly path: string
}

export interface FuzzGiven {
  readonly seed: number
  readonly sites: FuzzSites
  /** epoch ms */
  readonly now: number
}

const GOLDEN_RATIO = 0x9e3779b1

/** The body of that number, as bytes of a request. */
export function fuzzBody({ seed, sites, now }: FuzzGiven, nth: number): FuzzBody {
  const random = randomFrom(seed + Math.imul(nth, GOLDEN_RATIO))
  const path = pathOf(random)
  const said = { random, now, publicKey: sites[siteOf(path)] }
  const call = SEGMENT_CALLS.find(name => path === `/v1/${name}`)
  const isSegments = siteOf(path) === 'segment'
  const sound = isSegments ? segmentSample(said, call ?? 'batch') : envelopeSample(said)
  const text = random.chance(0.12) ? JSON.stringify(sound) : mutated(sound, random)
  const body = random.chance(0.08) ? broken(Buffer.from(text), random) : Buffer.from(text)
  return { nth, path, ...framed({ path, headers: headersOf(random), body }, random) }
}

function pathOf(random: Random): string {
  const sort = random.next()
  if (sort < 0.6) return '/v1/events'
  if (sort < 0.7) return '/v1/validate'
  return random.chance(0.5) ? '/v1/batch' : `/v1/${random.pick(SEGMENT_CALLS)}`
}

const siteOf = (path: string): keyof FuzzSites => {
  if (path === '/v1/events') return 'events'
  return path === '/v1/validate' ? 'validate' : 'segment'
}

const HEADERS = [
  'Content-Type: text/plain;charset=UTF-8',
  'Content-Type: application/json',
  'Content-Type: multipart/form-data; boundary=',
  'Content-Type: application/json; charset=utf-16',
  'Origin: https://a.example',
  'Origin: null',
  'Origin: https://a.example:99999',
  'Cookie: goldpan=%; __proto__=1; =; a',
  `Cookie: goldpan=${'c'.repeat(3_000)}`,
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'User-Agent: \xff\xfe',
  `User-Agent: ${'(Mozilla '.repeat(300)}`,
  'X-Forwarded-For: 203.0.113.9, unknown, ::1, 999.1.1.1',
  'Forwarded: for="[::1',
  'X-Forwarded-Proto: javascript',
  'Sec-Fetch-Site: same-site',
  'DNT: 1',
  'Sec-GPC: 1',
  'Authorization: Basic %%%',
  'Authorization: Bearer',
  'Authorization: Bearer gp_nobody',
] as const

const headersOf = (random: Random): string =>
  Array.from({ length: random.pick([0, 1, 1, 2]) }, () => `${random.pick(HEADERS)}\r\n`).join('')
