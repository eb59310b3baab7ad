import { isDeepStrictEqual } from 'node:util'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../contracts/clock.ts'
import type { AccessStore, ConsentMode, Site } from '../storage/store.ts'
import { hashOf, isSameHash, newSecret } from './secrets.ts'

type SiteStore = Pick<AccessStore, 'sites' | 'createSite' | 'updateSite'>

/** What a person decides about a site; its keys are made. */
export interface SiteDraft {
  /** lower-case letters, digits and dashes: it is in URLs and in every key of the store */
  readonly id: string
  readonly name: string
  /** `https://www.example.com`; empty: any */
  readonly origins: readonly string[]
  /** @default `granted` for a new site, for one that exists as it is */
  readonly consent?: ConsentMode
  /** query parameters to keep in addresses. @default none for a new site, for one that exists as they are */
  readonly params?: readonly string[]
  /** its forms may ask what is unknown. @default no for a new site, for one that exists as it is */
  readonly progressive?: boolean
}

export interface NewSite {
  readonly site: Site
  /** to be shown once */
  readonly secretKey: string
}

/** A site as it was named. */
export interface FoundSite {
  readonly site: Site
  /** by its test key: what is sent with it is kept apart, and sales is told nothing */
  readonly isTest: boolean
}

/** The sites, held in memory: every event asks for one. */
export interface Sites {
  list(): Promise<readonly Site[]>
  /**
   * The site of a public or test key; with a secret key (then an id will do, too) only if it is that site's. A secret key in
   * the place of the key, too, names the site whose it is.
   */
  find(key: string, secretKey: string | null): Promise<FoundSite | null>
  /** `conflict`: the id is taken. */
  create(draft: SiteDraft): Promise<NewSite | 'conflict'>
  /** The site of that id as the draft says, created or changed if need be. Its keys stay. */
  ensure(draft: SiteDraft): Promise<Site>
}

/**
 * A key nobody knows may belong to a site that another process has just made; our choice how often to look. What was changed
 * of a known one (`goldpan site set`) is seen within a minute.
 */
const LOOK_AGAIN_MS = SECOND_MS

export function openSites(store: SiteStore, clock: Clock): Sites {
  let known: readonly Site[] = []
  let byKey: ReadonlyMap<string, Site> = new Map()
  let bySecret: ReadonlyMap<string, Site> = new Map()
  let readAt = Number.NEGATIVE_INFINITY

  async function list(): Promise<readonly Site[]> {
    readAt = clock()
    known = await store.sites()
    byKey = new Map(
      known.flatMap(site =>
        [site.publicKey, site.id, site.testKey].flatMap(key => (key === null ? [] : [[key, site] as const])),
      ),
    )
    bySecret = new Map(
      known.flatMap(site => (site.secretKeyHash === null ? [] : [[site.secretKeyHash, site] as const])),
    )
    return known
  }

  async function create(draft: SiteDraft): Promise<NewSite | 'conflict'> {
    const { id, name, origins, consent = 'granted', params = [], progressive = false } = draft
    const secretKey = newSecret('sk_')
    const keys = {
      publicKey: newSecret('pk_live_'),
      testKey: newSecret('pk_test_'),
      secretKeyHash: hashOf(secretKey),
    }
    const site: Site = { id, name, origins, consent, params, progressive, ...keys, createdAt: clock() }
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
    const { name, origins } = draft
    const { consent = site.consent, params = site.params, progressive = site.progressive } = draft
    const testKey = site.testKey ?? newSecret('pk_test_')
    const wanted: Site = { ...site, name, origins, consent, params, progressive, testKey }
    if (!isDeepStrictEqual(wanted, site)) await store.updateSite(wanted)
    await list()
    return wanted
  }

  async function find(key: string, secretKey: string | null): Promise<FoundSite | null> {
    const siteOf = () => byKey.get(key) ?? (key === secretKey ? bySecret.get(hashOf(key)) : undefined)
    const freshMs = siteOf() ? MINUTE_MS : LOOK_AGAIN_MS
    if (Math.abs(clock() - readAt) >= freshMs) await list()
    const site = siteOf() ?? null
    return site && speaksFor(site, key, secretKey) ? { site, isTest: key === site.testKey } : null
  }

  return { list, find, create, ensure }
}

function speaksFor(site: Site, key: string, secretKey: string | null): boolean {
  if (secretKey === null) return key === site.publicKey || key === site.testKey
  return site.secretKeyHash !== null && isSameHash(site.secretKeyHash, hashOf(secretKey))
}
