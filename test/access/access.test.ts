import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hashOf } from '../../collector/access/secrets.ts'
import { siteDraftOf } from '../../collector/access/site-draft.ts'
import { openSites } from '../../collector/access/sites.ts'
import { authenticator, mintFirstAdmin, mintToken } from '../../collector/access/tokens.ts'
import { openStore } from '../../collector/storage/open.ts'
import { SCOPES, type Store } from '../../collector/storage/store.ts'
import { NOON } from '../ingest/wire-samples.ts'
import { tempDir } from '../support/temp-dir.ts'

const clock = () => NOON
const DRAFT = { id: 'acme', name: 'Acme', origins: ['https://www.acme.example'] }

async function freshStore(): Promise<Store> {
  const store = await openStore(`sqlite:${join(tempDir(), 'goldpan.db')}`)
  onTestFinished(() => store.close())
  return store
}

describe('tokens', () => {
  it('are kept as hashes and known by their text', async () => {
    const store = await freshStore()
    const text = await mintToken(store, clock, { label: 'sales', scopes: ['read'] })
    expect(text).toMatch(/^gp_[\w-]{32}$/)
    expect(JSON.stringify(await store.tokens())).not.toContain(text)
    const authenticate = authenticator(store, null)
    expect(await authenticate(`Bearer ${text}`)).toMatchObject({
      label: 'sales',
      scopes: ['read'],
      hash: hashOf(text),
    })
    expect(await authenticate(`bearer  ${text}`)).toMatchObject({ label: 'sales' })
  })

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'gp_x', 'Bearer gp_x', 'Bearer a b'])(
    'nobody holds %j',
    async header => {
      const store = await freshStore()
      await mintToken(store, clock, { label: 'sales', scopes: ['read'] })
      expect(await authenticator(store, null)(header)).toBeNull()
    },
  )

  it('the hash of a token is no token', async () => {
    const store = await freshStore()
    const text = await mintToken(store, clock, { label: 'sales', scopes: ['read'] })
    expect(await authenticator(store, null)(`Bearer ${hashOf(text)}`)).toBeNull()
  })

  it('the first start makes an administrator, the second does not', async () => {
    const store = await freshStore()
    const text = await mintFirstAdmin(store, clock)
    expect(await authenticator(store, null)(`Bearer ${text}`)).toMatchObject({ scopes: SCOPES })
    expect(await mintFirstAdmin(store, clock)).toBeNull()
  })

  it('a configured administrator takes the place of the first, and of nobody else', async () => {
    const store = await freshStore()
    const first = await mintFirstAdmin(store, clock)
    const sales = await mintToken(store, clock, { label: 'sales', scopes: ['read'] })
    const authenticate = authenticator(store, 'configured-token')
    expect(await authenticate('Bearer configured-token')).toMatchObject({ scopes: SCOPES })
    expect(await authenticate(`Bearer ${first}`)).toBeNull()
    expect(await authenticate(`Bearer ${sales}`)).toMatchObject({ label: 'sales' })
    expect(await authenticator(store, null)('Bearer configured-token')).toBeNull()
  })
})

describe('sites', () => {
  it('are made with keys, of which the secret one is kept as a hash', async () => {
    const store = await freshStore()
    const made = await openSites(store, clock).create(DRAFT)
    if (made === 'conflict') throw new Error('unexpected')
    expect(made.site).toMatchObject({ ...DRAFT, createdAt: NOON, secretKeyHash: hashOf(made.secretKey) })
    expect(made.site.publicKey).toMatch(/^pk_live_[\w-]{32}$/)
    expect(made.secretKey).toMatch(/^sk_[\w-]{32}$/)
    expect(await store.sites()).toEqual([made.site])
    expect(await openSites(store, clock).create(DRAFT)).toBe('conflict')
  })

  it('ensure makes once, then only changes what is different, and never the keys', async () => {
    const store = await freshStore()
    const sites = openSites(store, clock)
    const made = await sites.ensure(DRAFT)
    expect(await sites.ensure(DRAFT)).toEqual(made)
    const changed = await sites.ensure({ ...DRAFT, origins: [] })
    expect(changed).toEqual({ ...made, origins: [] })
    const strict = await sites.ensure({ ...DRAFT, origins: [], consent: 'required', params: ['plan'] })
    expect(strict).toEqual({ ...changed, consent: 'required', params: ['plan'] })
    expect(await sites.ensure({ ...DRAFT, origins: [] })).toEqual(strict)
    expect(await store.sites()).toEqual([strict])
    expect(await sites.find(made.publicKey, null)).toEqual({ site: strict, isTest: false })
  })

  it('one made by another process is found within a second, and a key nobody has asks the store no oftener', async () => {
    const store = await freshStore()
    let now = NOON
    let reads = 0
    const counting: Store = {
      ...store,
      sites: () => {
        reads += 1
        return store.sites()
      },
    }
    const sites = openSites(counting, () => now)
    for (let i = 0; i < 10; i += 1) expect(await sites.find('pk_live_unknown', null)).toBeNull()
    expect(reads).toBe(1)
    const elsewhere = await openSites(store, clock).ensure(DRAFT)
    expect(await sites.find(elsewhere.publicKey, null)).toBeNull()
    now += 1_000
    expect(await sites.find(elsewhere.publicKey, null)).toEqual({ site: elsewhere, isTest: false })
    expect(reads).toBe(2)
  })

  it('one changed by another process is so here within a minute', async () => {
    const store = await freshStore()
    let now = NOON
    const sites = openSites(store, () => now)
    const { publicKey } = await sites.ensure(DRAFT)
    const changed = await openSites(store, clock).ensure({ ...DRAFT, progressive: true })
    now += 60_000
    expect(await sites.find(publicKey, null)).toEqual({ site: changed, isTest: false })
  })
})

describe('siteDraftOf', () => {
  it.each([
    [{ name: 'Acme Inc.' }, { id: 'acme-inc', name: 'Acme Inc.', origins: [] }],
    [
      { name: 'A', consent: 'cookieless', params: ['plan', 'ref', 'plan'] },
      { id: 'a', name: 'A', origins: [], consent: 'cookieless', params: ['plan', 'ref'] },
    ],
    [
      {
        id: 'a1',
        name: 'А',
        origins: ['https://WWW.acme.example/', 'http://localhost:3000', 'https://пример.бг'],
      },
      {
        id: 'a1',
        name: 'А',
        origins: ['https://www.acme.example', 'http://localhost:3000', 'https://xn--e1afmkfd.xn--90ae'],
      },
    ],
  ])('%j', (input, draft) => {
    expect(siteDraftOf(input)).toEqual(draft)
  })

  it.each([
    [null],
    [{}],
    [{ name: '' }],
    [{ name: 'Само кирилица' }],
    [{ name: 'A', id: '../x' }],
    [{ name: 'A', origins: 'https://a.example' }],
    [{ name: 'A', origins: ['a.example'] }],
    [{ name: 'A', origins: ['https://a.example/path'] }],
    [{ name: 'A', origins: ['https://u:p@a.example'] }],
    [{ name: 'A', origins: ['javascript:alert(1)'] }],
    [{ name: 'A', admin: true }],
    [{ name: 'A', consent: 'yes' }],
    [{ name: 'A', params: ['utm_source=x'] }],
    [{ name: 'A', params: 'plan' }],
  ])('%j is refused in words', input => {
    expect(siteDraftOf(input)).toMatch(/expected .+, (?:came|for) .+\. \w+/)
  })
})
