import { expect, it } from 'vitest'
import { startProgress } from '../../collector/cli/progress.ts'

/** What is said of work that does 100 of 1,000 in every step of a second or so. */
async function said(onTerminal: boolean, stepMs: number): Promise<readonly string[]> {
  let now = 0
  const lines: string[] = []
  const clock = () => now
  const more = startProgress({
    what: 'events',
    total: 1_000,
    clock,
    say: line => lines.push(line),
    onTerminal,
  })
  for (let step = 0; step < 10; step += 1) {
    now += stepMs
    await more(100)
  }
  return lines
}

it('tells on a terminal how far it has come, with rate and time left, in one place', async () => {
  const lines = await said(true, 1_000)
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 100 of 1,000 events, 100 a second, 9 s left')
  expect(lines[1]).toBe('\u001b[1A\u001b[2K━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 200 of 1,000 events, 100 a second, 8 s left')
})

it('says a plain line now and then elsewhere, and nothing of short work', async () => {
  expect(await said(false, 4_000)).toEqual([
    '300 of 1,000 events, 25 a second, 28 s left',
    '600 of 1,000 events, 25 a second, 16 s left',
    '900 of 1,000 events, 25 a second, 4 s left',
  ])
  expect(await said(false, 100)).toEqual([])
  expect(await said(true, 10)).toEqual([])
})
