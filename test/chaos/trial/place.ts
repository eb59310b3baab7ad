import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const ADMIN = 'gp_chaos_administrator'

/** Where a collector lives: a folder with goldpan.yaml, and its database. */
export interface Place {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** path of the database file */
  readonly database: string
}

/**
 * An installation with the model that ships. Every visitor of a trial has an address of its own through a proxy, for more than
 * sixty from one address are a crowd (docs/networks.md), and there are no quotas.
 * @param database path of its file. @default in the folder
 */
export function makePlace(folder: string, database = join(folder, 'goldpan.db')): Place {
  mkdirSync(folder, { recursive: true })
  copyFileSync('goldpan.yaml', join(folder, 'goldpan.yaml'))
  return {
    ...{ folder, database },
    env: {
      PORT: '0',
      DATABASE_URL: `sqlite:${database}`,
      GOLDPAN_ADMIN_TOKEN: ADMIN,
      GOLDPAN_TRUSTED_PROXIES: '127.0.0.1/32',
      GOLDPAN_QUOTA_ADDRESS: 'off',
      GOLDPAN_QUOTA_SITE: 'off',
      GOLDPAN_MIN_FREE_MB: '0',
    },
  }
}

export const TRIAL_SITE = 'acme'

/** @returns the public key of the trial's site, which is made when there is none yet */
export async function siteKey(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${ADMIN}` }
  const there: { readonly data: readonly { readonly id: string; readonly publicKey: string }[] } = await (
    await fetch(`${url}/v1/sites`, { headers })
  ).json()
  const known = there.data.find(({ id }) => id === TRIAL_SITE)
  if (known) return known.publicKey
  const answer = await fetch(`${url}/v1/sites`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ id: TRIAL_SITE, name: 'Acme', origins: [] }),
  })
  if (!answer.ok) throw new Error(`no site was made: ${await answer.text()}`)
  const { publicKey }: { readonly publicKey: string } = await answer.json()
  return publicKey
}
