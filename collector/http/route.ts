import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Scope, Token } from '../storage/store.ts'

/** What every handler gets: Node's own request and response, and, behind the guard, who is asking. */
export interface HttpEnv {
  readonly Bindings: HttpBindings
  readonly Variables: { token: Token }
}

export type Handle = (c: Context<HttpEnv>) => Response | Promise<Response>

/**
 * One line of the route table (app.ts). `access` has no default, so nothing is public by forgetting: the scopes a token
 * must have, all of them, or the word `public`.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
  readonly path: string
  readonly access: 'public' | readonly [Scope, ...Scope[]]
  readonly handle: Handle
}
