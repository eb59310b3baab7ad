import { isDeepStrictEqual } from 'node:util'
import { SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'
import type { AccessStore, Site } from '../storage/store.ts'
import { hashOf, isSameHash, newSecret } from './secrets.ts'

type SiteStore = Pick<AccessStore, 'sites' | 'createSite' | 'updateSite'>

/** What a person decides about a site; its keys are made. */
export interface SiteDraft {
  /** lower-case letters, digits and dashes: it is in URLs and in every key of the store */
  readonly id: string
  readonly name: string
  /** `https://www.example.com`; empty: any */
  readonly origins: readonly string[]
}

export interface NewSite {
  readonly site: Site
  /** to be shown once */
  readonly secretKey: string
}

/** The sites, held in memory: every event asks for one. */
export interface Sites {
  list(): Promise<readonly Site[]>
  /** The site of a public key; with a secret key (then an id will do, too) only if it is that site's. */
  find(key: string, secretKey: string | null): Promise<Site | null>
  /** `conflict`: the id is taken. */
  create(draft: SiteDraft): Promise<NewSite | 'conflict'>
  /** The site of that id with that name and those origins, created or changed if need be. Its keys stay. */
  ensure(draft: SiteDraft): Promise<Site>
}

/** A key nobody knows may belong to a site that another process has just made; our choice how often to look. */
const LOOK_AGAIN_MS = SECOND_MS

export function openSites(store: SiteStore, clock: Clock): Sites {
  let known: readonly Site[] = []
  let byKey: ReadonlyMap<string, Site> = new Map()
  let readAt = Number.NEGATIVE_INFINITY

  async function list(): Promise<readonly Site[]> {
    readAt = clock()
    known = await store.sites()
    byKey = new Map(known.flatMap(site => [[site.publicKey, site] as const, [site.id, site] as const]))
    return known
  }

  async function create({ id, name, origins }: SiteDraft): Promise<NewSite | 'conflict'> {
    const secretKey = newSecret('sk_')
    const keys = { publicKey: newSecret('pk_live_'), secretKeyHash: hashOf(secretKey) }
    const site: Site = { id, name, origins, ...keys, createdAt: clock() }
    const outcome = await store.createSite(site)
    await list()
    return outcome === 'conflict' ? 'conflict' : { site, secretKey }
  }

  async function ensure(draft: SiteDraft): Promise<Site> {
    const site = (await list()).find(({ id }) => id === draft.id)
    if (!site) {
      const made = await create(draft)
      return made === 'conflict' ? ensure(draft) : made.site
    }
    const wanted: Site = { ...site, name: draft.name, origins: draft.origins }
    if (!isDeepStrictEqual(wanted, site)) await store.updateSite(wanted)
    await list()
    return wanted
  }

  async function find(key: string, secretKey: string | null): Promise<Site | null> {
    if (!byKey.has(key) && Math.abs(clock() - readAt) >= LOOK_AGAIN_MS) await list()
    const site = byKey.get(key) ?? null
    return site && speaksFor(site, key, secretKey) ? site : null
  }

  return { list, find, create, ensure }
}

function speaksFor(site: Site, key: string, secretKey: string | null): boolean {
  if (secretKey === null) return key === site.publicKey
  return site.secretKeyHash !== null && isSameHash(site.secretKeyHash, hashOf(secretKey))
}
