import type { Network } from '../config/shape.ts'
import type { Scope, Token } from '../storage/store.ts'
import { senderOf } from './client-ip.ts'
import { problem } from './problem.ts'
import { type Quotas, quotaExceeded, withRateLimit } from './quota.ts'
import type { Handle, Route } from './route.ts'

/** Who holds a token; access/tokens.ts. */
export type Authenticate = (authorization: string | undefined) => Promise<Token | null>

export interface GuardDeps {
  readonly authenticate: Authenticate
  /** the address people use, when it is not what the Host header says (behind a proxy); null: as Host says */
  readonly publicOrigin: string | null
  readonly trustedProxies: readonly Network[]
  /** null: nothing is limited */
  readonly quotas: Quotas | null
}

/** A route's handler with its access rule in front. There is no other way into the app (app.ts). */
export const guarded = (deps: GuardDeps, route: Route): Handle =>
  route.access === 'public' ? route.handle : requireScopes(deps, route.access, route.handle)

function requireScopes(deps: GuardDeps, scopes: readonly Scope[], handle: Handle): Handle {
  return async c => {
    if (isForeignWrite(c.req.method, c.req.header('origin'), c.req.header('host'), deps.publicOrigin))
      return problem(
        403,
        'foreign_origin',
        'Written from another site',
        'Expected a request from this collector’s own pages or from a program, came one from another origin. Call the API from your server.',
      )
    const token = await deps.authenticate(c.req.header('authorization'))
    if (!token) return unauthenticated()
    const missing = scopes.filter(scope => !token.scopes.includes(scope))
    if (missing.length > 0) return withoutScope(missing, token)
    const taken = deps.quotas?.token(token, senderOf(c.env.incoming, deps.trustedProxies)) ?? null
    if (taken?.ok === false) return withRateLimit(quotaExceeded('with your token', taken), taken)
    c.set('token', token)
    const answer = await handle(c)
    return taken ? withRateLimit(answer, taken) : answer
  }
}

export const unauthenticated = (): Response =>
  problem(
    401,
    'unauthenticated',
    'A token is needed',
    'Expected `Authorization: Bearer gp_…` with a token of this collector. Make one with `goldpan token create`.',
    { headers: { 'www-authenticate': 'Bearer' } },
  )

export const withoutScope = (missing: readonly Scope[], { scopes }: Token): Response =>
  problem(
    403,
    'missing_scope',
    'The token may not do this',
    `Expected a token with the scope ${missing.join(', ')}, came one with ${scopes.join(', ') || 'none'}. Make one with \`goldpan token create --scopes …\`.`,
    { members: { missing } },
  )

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser names the origin of every unsafe request; programs name none. */
function isForeignWrite(
  method: string,
  origin: string | undefined,
  host: string | undefined,
  publicOrigin: string | null,
): boolean {
  if (SAFE_METHODS.has(method) || origin === undefined || origin === publicOrigin) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
