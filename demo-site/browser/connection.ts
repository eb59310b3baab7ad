import { type HeardEvent, type PanelState, readEvent, readState } from './state.ts'

export interface Listener {
  readonly state: (state: PanelState) => void
  readonly event: (event: HeardEvent) => void
  readonly connected: (connected: boolean) => void
}

/** News come in bursts, one per commit: one question answers them all. */
const ASK_AFTER_MS = 120
const RETRY_MS = 3_000

/** Follows one visitor until told to stop: asks for the state, then listens and asks again when it changed. */
export function follow(visitor: string, listener: Listener): () => void {
  const query = new URLSearchParams({ visitor })
  const ended = new AbortController()
  let source: EventSource | null = null
  let asking: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const ask = async (): Promise<void> => {
    const response = await fetch(`/panel/state?${query}`, { signal: ended.signal })
    if (!response.ok) throw new Error(`/panel/state answered ${response.status}`)
    listener.state(readState(await response.json()))
  }
  const askSoon = (): void => {
    clearTimeout(asking)
    // What fails here is asked again when the stream is back.
    asking = setTimeout(() => void ask().catch(() => listener.connected(false)), ASK_AFTER_MS)
  }
  const listen = (): void => {
    source = new EventSource(`/panel/stream?${query}`)
    source.addEventListener('open', () => {
      listener.connected(true)
      askSoon()
    })
    source.addEventListener('event', message => {
      listener.event(readEvent(JSON.parse(message.data)))
    })
    for (const news of ['score', 'transition', 'handoff']) source.addEventListener(news, askSoon)
    source.addEventListener('error', () => {
      listener.connected(false)
      // A browser retries a dropped stream by itself, not one that was refused.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(listen, RETRY_MS)
    })
  }
  listen()
  return () => {
    ended.abort()
    source?.close()
    clearTimeout(asking)
    clearTimeout(retry)
  }
}
