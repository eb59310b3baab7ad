import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { listen } from './listen.ts'

/**
 * A site on an origin of its own, next door: it answers at once, so that a page is left as fast as it can be.
 *
 * - `/page/<token>`: the body a run has set. The tag is on it the first time only, so that a page which comes again
 *   brings no snippet that could make up for what the first one lost.
 * - `/next/<token>`: where people go from there. It has the tag too, as it would; what it sends is told apart.
 * - `/goldpan.js`: the snippet, so that fetching it opens no connection to the collector.
 */
export interface Site {
  readonly url: string
  /** body of `/page/<token>`, by token, until it was served */
  readonly bodies: Map<string, string>
  close(): Promise<void>
}

const STUB = 'window.goldpan=window.goldpan||function(){(goldpan.q=goldpan.q||[]).push(arguments)}'

export async function startSite(code: string, collectorUrl: string): Promise<Site> {
  const bodies = new Map<string, string>()
  const html = (token: string, body: string, tagged: boolean): string => `<!doctype html>
    <html lang="en"><head><title>A page</title><script>${STUB}</script>
    ${tagged ? `<script async src="/goldpan.js" data-site="${token}" data-endpoint="${collectorUrl}"></script>` : ''}
    </head><body>${body}</body></html>`

  const answer = ({ url = '/' }: IncomingMessage): readonly [type: string, text: string] => {
    const [, kind, token = ''] = new URL(url, 'http://site').pathname.split('/')
    if (kind === 'goldpan.js') return ['text/javascript', code]
    if (kind === 'next') return ['text/html', html(token, '<p>Thank you', true)]
    if (kind !== 'page') return ['text/html', '<title>Elsewhere</title>']
    const body = bodies.get(token)
    bodies.delete(token)
    return ['text/html', html(token, body ?? '<p>Here again', body !== undefined)]
  }

  const server = createServer((request, response) => {
    request.resume()
    const [type, text] = answer(request)
    // the whole address of a page goes with its requests: the collector must know who sent what
    response.writeHead(200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Referrer-Policy': 'unsafe-url',
    })
    response.end(text)
  })
  const url = `http://127.0.0.1:${await listen(server)}`
  return {
    url,
    bodies,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
