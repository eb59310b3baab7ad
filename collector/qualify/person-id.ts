import { createHmac } from 'node:crypto'
import type { IdOf } from '../identity/resolve.ts'
import type { Store } from '../storage/store.ts'

/**
 * Ids of persons and hand-offs: a keyed hash of the site and the identifier, so that a replay keeps them and nobody can
 * work an e-mail out of one. 96 bits: no collision worth speaking of below a billion people.
 */
export function personIds(secret: string, site: string): IdOf {
  return identifier => {
    const digest = createHmac('sha256', Buffer.from(secret, 'hex'))
      .update(`${site}\0${identifier}`)
      .digest('hex')
    return digest.slice(0, 24)
  }
}

/** The ids of each site of a store; its secret is asked for once. */
export function personIdsOf(store: Pick<Store, 'installationSecret'>): (site: string) => Promise<IdOf> {
  let secret: Promise<string> | null = null
  return async site => {
    secret ??= store.installationSecret()
    return personIds(await secret, site)
  }
}
