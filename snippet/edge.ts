import { trace } from './config.ts'

/** Tells a developer who asked for it with `data-debug`, nobody else: of an event or an error. */
export const tell = (...words: readonly unknown[]): void => {
  trace?.push(words)
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
      tell(error)
    }
  }

/**
 * Hears of events, a handler a type, before the page does. No handler calls preventDefault, and browsers treat `wheel`
 * on the window as passive anyway. One that listens already is not added again, so handlers come guarded.
 */
export const listen = (target: EventTarget, handlers: Readonly<Record<string, EventListener>>): void => {
  for (const type of Object.keys(handlers))
    target.addEventListener(type, handlers[type] as EventListener, true)
}

/** A guarded handler; it knows which kind of event it hears of. */
export const handler = guard as <E extends Event>(work: (event: E) => unknown) => EventListener
