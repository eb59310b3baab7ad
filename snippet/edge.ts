import { debugging } from './config.ts'

declare global {
  /** events of the document that pass the window too */
  interface WindowEventMap {
    prerenderingchange: Event
    visibilitychange: Event
  }
}

/** Tells a developer who asked for it with `data-debug`, nobody else. */
export const debug = (...words: readonly unknown[]): void => {
  if (debugging) console.info('goldpan', ...words)
}

/**
 * Wraps what the page can call or trigger: `work` begins at once, and nothing it throws or rejects with reaches the
 * page.
 */
export const guard =
  <A extends readonly unknown[]>(work: (...args: A) => unknown) =>
  async (...args: A): Promise<void> => {
    try {
      await work(...args)
    } catch (error) {
      debug(error)
    }
  }

/** Hears of events before the page does. It never calls preventDefault; browsers treat `wheel` here as passive anyway. */
export const listen = <K extends keyof WindowEventMap>(
  handler: (event: WindowEventMap[K]) => unknown,
  ...types: readonly K[]
): void => {
  for (const type of types) addEventListener(type, guard(handler), true)
}
