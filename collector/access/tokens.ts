import { randomUUID } from 'node:crypto'
import type { Clock } from '../contracts/clock.ts'
import { type AccessStore, SCOPES, type Scope, type Token } from '../storage/store.ts'
import { hashOf, isSameHash, newSecret } from './secrets.ts'

type TokenStore = Pick<AccessStore, 'tokens' | 'createToken' | 'tokenByHash'>

/** Makes a token and keeps its hash. @returns the token's text, which nobody can read again */
export async function mintToken(
  store: TokenStore,
  clock: Clock,
  { label, scopes }: { readonly label: string; readonly scopes: readonly Scope[] },
): Promise<string> {
  const text = newSecret('gp_')
  await store.createToken({ id: randomUUID(), label, hash: hashOf(text), scopes, createdAt: clock() })
  return text
}

const FIRST_ADMIN = 'first administrator'

/** At the first start, a token with every scope. @returns its text, or null when an administrator exists already */
export async function mintFirstAdmin(store: TokenStore, clock: Clock): Promise<string | null> {
  const tokens = await store.tokens()
  return tokens.some(token => token.scopes.includes('admin'))
    ? null
    : mintToken(store, clock, { label: FIRST_ADMIN, scopes: SCOPES })
}

/**
 * Who holds the token of an `Authorization: Bearer …` header; null: nobody.
 * @param adminToken of the configuration: has every scope, and takes the place of the one made at the first start
 */
export function authenticator(
  store: TokenStore,
  adminToken: string | null,
): (authorization: string | undefined) => Promise<Token | null> {
  const configured = adminToken === null ? null : configuredToken(adminToken)
  return async authorization => {
    const text = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
    if (text === undefined) return null
    const hash = hashOf(text)
    if (configured && isSameHash(configured.hash, hash)) return configured
    const token = await store.tokenByHash(hash)
    const isReplaced = configured !== null && token?.label === FIRST_ADMIN
    return token && !isReplaced && isSameHash(token.hash, hash) ? token : null
  }
}

const configuredToken = (text: string): Token => ({
  id: 'configured',
  label: 'GOLDPAN_ADMIN_TOKEN',
  hash: hashOf(text),
  scopes: SCOPES,
  createdAt: 0,
})
