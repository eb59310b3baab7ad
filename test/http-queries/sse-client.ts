/** A server-sent event as a browser would see it. */
export interface Message {
  readonly event: string
  readonly id: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface Listening {
  readonly status: number
  readonly headers: Headers
  /** The next message; rejects when the stream ends first. */
  next(): Promise<Message>
  /** Messages up to and including the first one that `isLast`. */
  until(isLast: (message: Message) => boolean): Promise<readonly Message[]>
  /** The next block of comment lines. */
  comment(): Promise<string>
  /** Where a browser would resume from. */
  lastEventId(): string | null
  /** Resolves when the server has ended the stream. */
  ended(): Promise<void>
  leave(): void
}

export async function listen(
  url: string,
  token: string,
  lastEventId: string | null = null,
): Promise<Listening> {
  const leaving = new AbortController()
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  if (lastEventId !== null) headers['last-event-id'] = lastEventId
  const response = await fetch(url, { headers, signal: leaving.signal })
  if (!response.body) throw new Error('no body')
  // Locked at once: fetch cancels a body that nobody reads when its response is collected as garbage.
  const blocks = blocksOf(response.body.getReader())
  let latest = lastEventId

  async function block(): Promise<string> {
    const { done, value } = await blocks.next()
    if (done) throw new Error('the stream ended')
    latest = /^id: ([^\n]*)/m.exec(value)?.[1] ?? latest
    return value
  }

  const next = async (): Promise<Message> => {
    for (;;) {
      const text = await block()
      const data = /^data: ([^\n]*)/m.exec(text)?.[1]
      if (data === undefined) continue
      const event = /^event: ([^\n]*)/m.exec(text)?.[1] ?? 'message'
      return { event, id: /^id: ([^\n]*)/m.exec(text)?.[1] ?? null, data: JSON.parse(data) }
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    next,
    until: async isLast => {
      const messages: Message[] = []
      for (;;) {
        const message = await next()
        messages.push(message)
        if (isLast(message)) return messages
      }
    },
    comment: async () => {
      for (;;) {
        const text = await block()
        if (text.startsWith(':')) return text
      }
    },
    lastEventId: () => latest,
    ended: async () => {
      for (;;) if ((await blocks.next()).done) return
    },
    leave: () => leaving.abort(),
  }
}

async function* blocksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    yield* parts
  }
}
