import { LIMITS } from '../../shared/limits.ts'
import type { DropReason, WireError } from '../../shared/wire.ts'
import type { Sites } from '../access/sites.ts'
import { admit, type IngestDeps } from '../ingest/ingest.ts'
import type { Noting } from '../ingest/noting.ts'
import type { Sorted } from '../ingest/sort.ts'
import { type QueryDeps, versionInForce } from '../queries/deps.ts'
import { type Understood, understoodOf } from '../queries/understood.ts'
import { bodyReader } from './body.ts'
import { readable, withoutCredentials } from './cors.ts'
import { type Authenticate, unauthenticated, withoutScope } from './guard.ts'
import { type RequestDeps, requestOf } from './ingest.ts'
import { refused, unreadable } from './refused.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'
import { secretKeyIn } from './sent-key.ts'

export type ValidateDeps = Pick<IngestDeps, 'findSite' | 'noting'> &
  Pick<QueryDeps, 'clock' | 'versionsOf'> &
  RequestDeps & {
    readonly authenticate: Authenticate
    readonly sites: Pick<Sites, 'list'>
  }

/** What would become of one event; `stored` is false for what is refused. Positions are those of the batch. */
interface Verdict {
  readonly index: number
  readonly outcome: 'accepted' | 'quarantined' | 'refused'
  readonly code: DropReason | null
  /** JSON pointer inside the event; of an accepted one null */
  readonly path: string | null
  readonly message: string | null
  readonly understood: (Omit<Understood, 'traffic'> & Partial<Pick<Understood, 'traffic'>>) | null
}

/** Our choice: people try things out one at a time, so eight largest bodies at once are plenty. */
const HELD_BYTES = 8 * LIMITS.batchBytes

/**
 * `POST /v1/validate`: takes what `POST /v1/events` takes, and says what would become of it and how it would be understood.
 * Nothing is stored or counted. Who is behind the traffic is told to a secret key or a token alone: a bot is never told that
 * it was seen (collector.md, Promises), nor a stranger who stands on a list.
 */
export const validateRoutes = (deps: ValidateDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/validate', access: 'public', handle: withoutCredentials(validate(deps)) },
]

function validate(deps: ValidateDeps): Handle {
  const readBody = bodyReader({ bodyBytes: LIMITS.batchBytes, heldBytes: HELD_BYTES })
  return async c => {
    const { incoming } = c.env
    const origin = incoming.headers.origin ?? null
    const body = await readBody(incoming)
    if (body.kind !== 'read') return unreadable(body.kind, origin)
    const asker = await askerOf(deps, incoming.headers)
    if (asker instanceof Response) return readable(asker, origin)
    const request = requestOf(incoming, body.bytes, asker.secretKey, deps)
    const looked = { clock: deps.clock, findSite: asker.findSite, noting: withoutCounting(deps.noting) }
    // Whoever holds a token is no page of another site, even in a browser.
    const admitted = await admit(looked, asker.hasToken ? { ...request, origin: null } : request)
    if (admitted.kind === 'refused') return refused(admitted.flaw, origin)
    const { model } = versionInForce(await deps.versionsOf(admitted.site.id))
    // the owner's server, or a person with a token
    const isTrusted = asker.hasToken || asker.secretKey !== null
    const events = verdictsOf(admitted.sorted, understoodOf(model, factsSent(admitted.sorted)), isTrusted)
    return readable(json({ site: admitted.site.id, events }), origin)
  }
}

interface Asker {
  readonly secretKey: string | null
  readonly findSite: ValidateDeps['findSite']
  readonly hasToken: boolean
}

async function askerOf(
  { authenticate, findSite, sites }: ValidateDeps,
  headers: Parameters<typeof secretKeyIn>[0],
): Promise<Asker | Response> {
  const { authorization } = headers
  if (authorization === undefined || !NO_SECRET_KEY.test(authorization)) {
    const secretKey = secretKeyIn(headers)
    return { secretKey, findSite, hasToken: false }
  }
  const token = await authenticate(authorization)
  if (!token) return unauthenticated()
  if (!token.scopes.includes('read')) return withoutScope(['read'], token)
  // A token speaks of every site, by its id, too.
  const named: Asker['findSite'] = async key => {
    const site = (await sites.list()).find(({ id, publicKey, testKey }) =>
      [id, publicKey, testKey].includes(key),
    )
    return site ? { site, isTest: key === site.testKey } : null
  }
  return { secretKey: null, findSite: named, hasToken: true }
}

/** Every secret key begins so; a token may be any text (GOLDPAN_ADMIN_TOKEN). */
const NO_SECRET_KEY = /^bearer +(?!sk_)/i

/** Who tries out what would happen is no visitor of the crowd (networks/crowd.ts). */
const withoutCounting = (noting: Noting): Noting => ({
  ...noting,
  network: sender => noting.network({ ...sender, visitor: null }),
})

const factsSent = ({ facts, places }: Sorted): Sorted['facts'] => facts.slice(0, places.length)

function verdictsOf(
  { places, errors, asidePlaces }: Sorted,
  understood: readonly Understood[],
  isTrusted: boolean,
): readonly Verdict[] {
  const aside = new Set(asidePlaces)
  const accepted = places.map((index, nth): Verdict => {
    const { traffic, ...rest } = understood[nth] ?? NOTHING
    const told = isTrusted ? { ...rest, traffic } : rest
    return { index, outcome: 'accepted', code: null, path: null, message: null, understood: told }
  })
  const others = errors.map(
    (error: WireError): Verdict => ({
      ...error,
      outcome: aside.has(error.index) ? 'quarantined' : 'refused',
      understood: null,
    }),
  )
  return [...accepted, ...others].sort((a, b) => a.index - b.index)
}

const NOTHING: Understood = {
  page: null,
  traits: {},
  form: null,
  asset: null,
  needs: [],
  traffic: { kind: 'human', evidence: null },
}
