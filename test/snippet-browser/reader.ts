import { expect } from 'vitest'
import type { World } from './world.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** What the browser tells of a reader, or they do. */
type Sign =
  | 'hide'
  | 'show'
  | 'lock'
  | 'unlock'
  | 'blur'
  | 'focus'
  | 'move'
  | 'key'
  | 'scroll'
  | 'freeze'
  | 'thaw'

/** A number is time passing, `sleep n` a machine that sleeps n ms, `set n` a clock that is set by n ms. */
export type Step = number | Sign | `sleep ${number}` | `set ${number}`

/** A person before a page, whose every step a test decides. */
export function readerOf(world: World) {
  /** The page's clock stands still but when a step says so, so that what is counted is what was meant. */
  const open = async (path = '/') => {
    const { page } = world
    await page.addInitScript(() => {
      const seen = { hidden: false, focus: true }
      Object.defineProperty(document, 'hidden', { get: () => seen.hidden })
      Object.defineProperty(document, 'visibilityState', { get: () => (seen.hidden ? 'hidden' : 'visible') })
      document.hasFocus = () => seen.focus
      Object.assign(window, { seen })
    })
    await page.clock.install({ time: Date.now() })
    await world.open('<div style="height:4000px">long</div>', { path })
    await page.clock.pauseAt(Date.now() + MINUTE)
    await page.clock.runFor(SECOND)
    // what passed so far belongs to another view
    await page.evaluate(() => window.goldpan?.('page'))
  }

  const dispatch = (type: string, seen = {}) =>
    world.page.evaluate(
      ([of, next]) => {
        Object.assign(Object(Reflect.get(window, 'seen')), next)
        const isOfDocument = of === 'visibilitychange'
        const event = of.startsWith('page')
          ? new PageTransitionEvent(of, { persisted: true })
          : new Event(of, { bubbles: isOfDocument })
        ;(isOfDocument ? document : window).dispatchEvent(event)
      },
      [type, seen] as const,
    )

  const signs: Readonly<Record<Sign, () => Promise<unknown>>> = {
    hide: async () => {
      await dispatch('blur', { focus: false })
      await dispatch('visibilitychange', { hidden: true })
    },
    show: async () => {
      await dispatch('visibilitychange', { hidden: false })
      await dispatch('focus', { focus: true })
    },
    lock: () => dispatch('visibilitychange', { hidden: true }),
    unlock: () => dispatch('visibilitychange', { hidden: false }),
    blur: () => dispatch('blur', { focus: false }),
    focus: () => dispatch('focus', { focus: true }),
    move: () => world.page.mouse.move(Math.random() * 200, 50),
    key: () => world.page.keyboard.press('Shift'),
    scroll: async () => {
      const before = await world.page.evaluate(() => scrollY)
      await world.page.mouse.wheel(0, 10)
      await expect.poll(() => world.page.evaluate(() => scrollY)).not.toBe(before)
    },
    freeze: () => dispatch('pagehide', { hidden: true }),
    thaw: () => dispatch('pageshow', { hidden: false }),
  }

  const take = async (step: Step): Promise<void> => {
    const { clock } = world.page
    if (typeof step === 'number') return clock.runFor(step)
    const [what, by] = step.split(' ')
    if (what === 'sleep') return clock.fastForward(Number(by))
    if (what === 'set') {
      const nowMs = await world.page.evaluate(() => Date.now())
      return clock.setSystemTime(nowMs + Number(by))
    }
    await signs[step as Sign]()
  }

  /** the totals told last */
  const lastTotal = () => world.collector.kept('engagement').at(-1)?.props
  return { open, take, lastTotal }
}
