import { expect, test } from 'vitest'
import { HOUR, MINUTE, readerOf, SECOND, type Step } from './reader.ts'
import { useWorld } from './world.ts'

const world = useWorld()
const { open, take, lastTotal } = readerOf(world)

/** What a reader did, and how long they were there with the page before them. */
const stories: readonly (readonly [what: string, steps: readonly Step[], engagedMs: number])[] = [
  ['reads', [12 * SECOND], 12 * SECOND],
  [
    'reads, moves and scrolls',
    [40 * SECOND, 'move', 40 * SECOND, 'scroll', 40 * SECOND, 'key', 40 * SECOND],
    160 * SECOND,
  ],
  [
    'looks into other tabs',
    [7 * SECOND, 'hide', 5 * MINUTE, 'show', 4 * SECOND, 'hide', 30 * SECOND, 'show', 2 * SECOND],
    13 * SECOND,
  ],
  ['works in another window', [8 * SECOND, 'blur', 10 * MINUTE, 'focus', 6 * SECOND], 14 * SECOND],
  [
    'clicks into the address and out of the tab',
    [5 * SECOND, 'blur', 'hide', HOUR, 'show', 'focus', 5 * SECOND],
    10 * SECOND,
  ],
  ['leaves the chair', [10 * MINUTE], MINUTE],
  ['leaves the chair and comes back', [3 * SECOND, 'move', 10 * MINUTE, 'move', 5 * SECOND], 68 * SECOND],
  [
    'leaves the tab when idle, and comes back',
    [10 * MINUTE, 'hide', HOUR, 'show', 5 * SECOND, 'move', 5 * SECOND],
    70 * SECOND,
  ],
  ['shuts the lid', [10 * SECOND, `sleep ${3 * HOUR}`, 'move', 5 * SECOND], 15 * SECOND],
  [
    'shuts the lid for less than a minute',
    [10 * SECOND, `sleep ${40 * SECOND}`, 'move', 5 * SECOND],
    15 * SECOND,
  ],
  [
    'shuts the lid twice',
    [4.5 * SECOND, `sleep ${9 * HOUR}`, 'move', 5.5 * SECOND, `sleep ${HOUR}`, 'move', 5 * SECOND],
    15 * SECOND,
  ],
  ['locks the screen', [10 * SECOND, 'lock', HOUR, 'unlock', 5 * SECOND], 15 * SECOND],
  ['sets the clock back', [10 * SECOND, `set ${-HOUR}`, 'move', 10 * SECOND], 20 * SECOND],
  ['sets the clock back and does not move', [10 * SECOND, `set ${-HOUR}`, 10 * SECOND], 20 * SECOND],
  ['sets the clock forward', [10 * SECOND, `set ${HOUR}`, 'move', 10 * SECOND], 20 * SECOND],
]

test.each(stories)('a reader who %s', async (_, story, engagedMs) => {
  await open()
  for (const step of story) await take(step)
  await take('freeze')
  const [, view] = await world.collector.until('page_view', 2)
  await expect.poll(() => lastTotal()?.view).toBe(view?.id)
  await expect.poll(() => Number(lastTotal()?.engagedMs)).toBeGreaterThanOrEqual(engagedMs - SECOND)
  expect(lastTotal()?.engagedMs).toBeLessThanOrEqual(engagedMs + SECOND)
})
