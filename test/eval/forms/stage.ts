import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Snippet } from '../../../scripts/lib/bundle-snippet.mjs'
import type { TypedEnvelope, WireEvent } from '../../../shared/wire.ts'
import type { LabelledForm } from './corpus.ts'

const WAIT_MS = 10_000

/** A site that shows one form a page, and a collector on another origin that keeps every byte it is sent. */
export interface Stage {
  /** @returns the address of the form's page */
  show(form: LabelledForm): string
  /** resolves when an event by the name of `fence` comes for that form; with false when it does not */
  arrived(id: string): Promise<boolean>
  /** submissions recorded on the page of a form, each once, in order */
  submits(form: LabelledForm): readonly WireEvent[]
  /** every request to the collector: address, headers and body */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export async function startStage(snippet: Snippet): Promise<Stage> {
  const requests: string[] = []
  const events = new Map<string, WireEvent>()
  const pages = new Map<string, string>()
  const fences = new Map<string, () => void>()

  const keep = ({ events: sent }: TypedEnvelope): void => {
    for (const event of sent) {
      events.set(event.id, event)
      if (event.type === 'fence') fences.get(String(event.props?.form))?.()
    }
  }
  const collector = await listen(async (request, body) => {
    requests.push(`${request.url}\n${JSON.stringify(request.headers)}\n${body}`)
    if (request.method !== 'GET') keep(JSON.parse(body))
    return request.method === 'GET' ? fileOf(snippet, request.url ?? '') : '{}'
  })
  const site = await listen(async ({ url = '/' }) => {
    const { pathname } = new URL(url, 'http://site')
    return pageWith(`${collector.url}/goldpan.js`, pages.get(pathname) ?? '<p>Thank you')
  })
  return {
    show: form => {
      const path = `/form/${form.id}`
      pages.set(path, `${withForm(form.html)}<iframe name="sink" hidden></iframe>`)
      return `${site.url}${path}`
    },
    arrived: id =>
      Promise.race([
        new Promise<boolean>(resolve => fences.set(id, () => resolve(true))),
        setTimeout(WAIT_MS, false, { ref: false }),
      ]),
    submits: form =>
      [...events.values()]
        .filter(({ type, page }) => type === 'form_submit' && page?.url === `${site.url}/form/${form.id}`)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    requests,
    close: async () => {
      await Promise.all([collector.close(), site.close()])
    },
  }
}

/** Corpora give some forms without the element around them. */
const withForm = (html: string): string =>
  /<form\b/i.test(html) ? html : `<form method="post">${html}</form>`

const pageWith = (script: string, body: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>A page</title><script async src="${script}" data-site="pk_test_eval"></script></head><body>${body}</body></html>`

function fileOf({ code, chunks, chunkVersion }: Snippet, url: string): string {
  const chunk = Object.entries(chunks).find(([name]) => url === `/goldpan.${name}.${chunkVersion}.js`)
  return chunk?.[1] ?? code
}

interface Listener {
  readonly url: string
  close(): Promise<void>
}

/** Only the tag's script may run: what a form's page brings along would change it, or reach for the network. */
const HEADERS = {
  'Content-Security-Policy': "script-src 'self' http://127.0.0.1:*; frame-src 'self'",
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'content-type',
}

async function listen(
  answer: (request: IncomingMessage, body: string) => Promise<string>,
): Promise<Listener> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = await answer(request, Buffer.concat(chunks).toString())
    const isScript = request.url?.endsWith('.js')
    response
      .writeHead(200, {
        ...HEADERS,
        'Access-Control-Allow-Origin': request.headers.origin ?? '*',
        'Content-Type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
      })
      .end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('a server without a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
