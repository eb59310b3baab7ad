import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bodyReader } from '../../collector/http/body.ts'
import { jsonReader } from '../../collector/http/read-json.ts'
import { taskQueue } from '../../collector/http/task-queue.ts'

/** A request whose body came whole. */
function requestOf(body: Buffer, headers: IncomingHttpHeaders): IncomingMessage {
  const stream = new PassThrough()
  stream.end(body)
  return Object.assign(stream, { headers }) as unknown as IncomingMessage
}

const GZIP = { 'content-encoding': 'gzip' }

describe('a compressed body', () => {
  it('is held until its turn to be inflated has come: too many at once are sent away', async () => {
    const packed = gzipSync(Buffer.alloc(400_000, ' '))
    const read = bodyReader({ bodyBytes: 500_000, heldBytes: packed.length * 10 })
    const bodies = await Promise.all(Array.from({ length: 40 }, () => read(requestOf(packed, GZIP))))
    const kinds = bodies.map(({ kind }) => kind)
    expect(kinds.filter(kind => kind === 'read').length).toBeGreaterThanOrEqual(10)
    expect(kinds.filter(kind => kind === 'busy').length).toBeGreaterThan(0)
    expect(new Set(kinds)).toEqual(new Set(['read', 'busy']))
    // and everything is given back
    expect((await read(requestOf(packed, GZIP))).kind).toBe('read')
  })

  it('that breaks off holds nothing either', async () => {
    const packed = gzipSync(Buffer.alloc(400_000, ' ')).subarray(0, -20)
    const read = bodyReader({ bodyBytes: 500_000, heldBytes: packed.length * 3 })
    for (let n = 0; n < 10; n += 1) expect((await read(requestOf(packed, GZIP))).kind).toBe('broken_gzip')
  })
})

it('a management call of which too much is read at once is told when to come again', async () => {
  const read = jsonReader({ bodyBytes: 1_000, heldBytes: 10 })
  const result = await read(requestOf(Buffer.from('{"name": "long enough"}'), {}))
  if (result.ok) throw new Error('it was read')
  expect([result.answer.status, result.answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await result.answer.json()).toMatchObject({ code: 'overloaded' })
})

describe('taskQueue', () => {
  it('runs so many at once, begins the others in their order, and goes on when one fails', async () => {
    const inTurn = taskQueue(2)
    const begun: number[] = []
    const ends: ((fails: boolean) => void)[] = []
    const results = [0, 1, 2, 3].map(n =>
      inTurn(() => {
        begun.push(n)
        return new Promise<number>((resolve, reject) => {
          ends[n] = fails => (fails ? reject(new Error(`${n}`)) : resolve(n))
        })
      }),
    )
    await Promise.resolve()
    expect(begun).toEqual([0, 1])
    ends[1]?.(true)
    await expect(results[1]).rejects.toThrow('1')
    expect(begun).toEqual([0, 1, 2])
    ends[0]?.(false)
    await results[0]
    expect(begun).toEqual([0, 1, 2, 3])
    for (const end of [ends[2], ends[3]]) end?.(false)
    expect(await Promise.all([results[2], results[3]])).toEqual([2, 3])
  })
})
