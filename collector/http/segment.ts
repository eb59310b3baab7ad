import type { IncomingMessage } from 'node:http'
import { LIMITS } from '../../shared/limits.ts'
import { secretInPage } from '../ingest/keys.ts'
import type { Call } from '../ingest/segment/event.ts'
import { ingestSegment, type SegmentResult } from '../ingest/segment/ingest.ts'
import { bodyReader } from './body.ts'
import { corsFor, DROP_HEADER, FOR_OTHER_SITES, preflight, withoutCredentials } from './cors.ts'
import { type IngestRouteDeps, requestOf } from './ingest.ts'
import { ownUrl } from './own-url.ts'
import { problem } from './problem.ts'
import { countingFailures, refused, unavailable, unreadable } from './refused.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { keyIn } from './sent-key.ts'
import { FOR_ANY_PAGE } from './served-file.ts'

/** Every call by its long name and the one that libraries of pages use. */
const PATHS: readonly (readonly [call: Call | 'batch', short: string])[] = [
  ['batch', 'b'],
  ['track', 't'],
  ['identify', 'i'],
  ['page', 'p'],
  ['screen', 's'],
  ['group', 'g'],
  ['alias', 'a'],
]

/** Our choice: room for 32 largest bodies at once, beside those of our own wire. */
const HELD_BYTES = 32 * LIMITS.batchBytes

/**
 * Segment's HTTP API, so that its libraries are clients as they are (docs/segment.md). Their callers are told nothing but
 * that it is safe; a message that does not fit is in quarantine.
 */
export function segmentRoutes(deps: IngestRouteDeps): readonly Route[] {
  const readBody = bodyReader({ bodyBytes: LIMITS.batchBytes, heldBytes: HELD_BYTES })
  const calls = PATHS.flatMap(([call, short]) => {
    const handle = countingFailures(deps.watch, receive(deps, readBody, call))
    return [call, short].flatMap((name): readonly Route[] => [
      { method: 'POST', path: `/v1/${name}`, access: 'public', handle: withoutCredentials(handle) },
      { method: 'OPTIONS', path: `/v1/${name}`, access: 'public', handle: allowSending },
    ])
  })
  return [
    ...calls,
    {
      method: 'GET',
      path: '/v1/projects/:key/settings',
      access: 'public',
      handle: withoutCredentials(tellSettings(deps)),
    },
  ]
}

function receive(
  deps: IngestRouteDeps,
  readBody: ReturnType<typeof bodyReader>,
  call: Call | 'batch',
): Handle {
  return async c => {
    const { incoming } = c.env
    const origin = incoming.headers.origin ?? null
    const body = await readBody(incoming)
    if (body.kind !== 'read') return unreadable(body.kind, origin, deps.watch)
    const request = {
      ...requestOf(incoming, body.bytes, null, deps),
      call,
      headerKey: keyIn(incoming.headers),
    }
    return answer(await ingestSegment(deps, request), origin)
  }
}

function answer(result: SegmentResult, origin: string | null): Response {
  switch (result.kind) {
    case 'answered': {
      const [first] = result.answer.errors
      const dropped = first && { [DROP_HEADER]: first.code }
      return json({ success: true }, 200, { ...FOR_OTHER_SITES, ...corsFor(origin), ...dropped })
    }
    case 'refused':
      return refused(result.flaw, origin)
    case 'unavailable':
      return unavailable(result.why, result.retryAfterS, origin)
  }
}

/** Libraries of pages name their key in a header, and count their retries in another. */
const allowSending: Handle = c =>
  preflight(
    corsFor(c.req.header('origin') ?? null),
    'authorization, content-type, content-encoding, x-retry-count',
    'POST, OPTIONS',
  )

/** `GET /v1/projects/:key/settings`: where analytics.js sends, and that it loads nothing else and measures nothing for others. */
function tellSettings(deps: IngestRouteDeps): Handle {
  return async c => {
    const key = c.req.param('key') ?? ''
    const exposed = secretInPage(null, key, c.env.incoming.headers.origin ?? null)
    if (exposed) return refused(exposed, '*')
    const found = await deps.findSite(key, null)
    if (!found)
      return problem(
        404,
        'unknown_site',
        'Unknown key',
        'Expected the public key of a site, came another. See `goldpan site list`.',
        { headers: FOR_ANY_PAGE },
      )
    return json({ ...SETTINGS, integrations: { 'Segment.io': sender(key, c.env.incoming, deps) } }, 200, {
      ...FOR_ANY_PAGE,
      'cache-control': 'public, max-age=300',
    })
  }
}

function sender(apiKey: string, incoming: IncomingMessage, deps: IngestRouteDeps) {
  const own = ownUrl(incoming, deps)
  if (own === null) return { apiKey }
  const [protocol = '', host = ''] = own.split('://')
  return { apiKey, protocol, apiHost: `${host}/v1`, addBundledMetadata: true, unbundledIntegrations: [] }
}

const SETTINGS = {
  plan: { track: { __default: { enabled: true, integrations: {} } } },
  metrics: { sampleRate: 0 },
  middlewareSettings: {},
  enabledMiddleware: {},
  remotePlugins: [],
  edgeFunction: {},
  analyticsNextEnabled: true,
  legacyVideoPluginsEnabled: false,
} as const
