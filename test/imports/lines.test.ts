import { describe, expect, it } from 'vitest'
import { linesIn } from '../../collector/imports/logs/lines.ts'

async function linesOf(...chunks: readonly (string | Buffer)[]): Promise<readonly (string | null)[]> {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const lines: (string | null)[] = []
  for await (const some of linesIn(stream())) lines.push(...some)
  return lines
}

describe('lines of a stream', () => {
  it.each([
    ['nothing', [''], []],
    ['one without an end', ['a'], ['a']],
    ['Unix ends', ['a\nb\n'], ['a', 'b']],
    ['Windows ends', ['a\r\nb\r\n'], ['a', 'b']],
    ['empty ones', ['a\n\nb\n'], ['a', '', 'b']],
    ['a byte order mark', ['\uFEFFa\n'], ['a']],
  ])('%s', async (_, chunks, expected) => {
    expect(await linesOf(...chunks)).toEqual(expected)
  })

  it('are whole wherever the chunks end, in the middle of a character too', async () => {
    const bytes = Buffer.from('цени\nprezzi €\nend')
    for (let at = 0; at <= bytes.length; at += 1)
      expect(await linesOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual(['цени', 'prezzi €', 'end'])
  })

  it('with bytes that are no UTF-8 are lines', async () => {
    expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual(['a\uFFFD', 'b'])
  })

  it('lose the zeros that an emptied log begins with', async () => {
    expect(await linesOf(Buffer.alloc(300_000), Buffer.alloc(9), 'a\nb\n')).toEqual(['a', 'b'])
  })

  it.each([
    ['in one chunk', ['a\n', `${'x'.repeat(10_000_000)}\nb\n`]],
    ['in many', ['a\n', ...Array.from({ length: 160 }, () => 'x'.repeat(64_000)), '\nb\n']],
    ['at the end', ['a\nb\n', 'x'.repeat(10_000_000)]],
  ])('of ten megabytes are given up, and the next is read: %s', async (_, chunks) => {
    expect([...(await linesOf(...chunks))].sort()).toEqual(['a', 'b', null])
  })
})
