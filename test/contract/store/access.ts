import { expect, it } from 'vitest'
import type { Site } from '../../../collector/storage/store.ts'
import { aFact, aModelVersion, aSite, aToken, NOW, SITE } from './samples.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export function accessContract({ store, reopen }: StoreUnderTest): void {
  it('keeps published models, the oldest first, and never replaces one', async () => {
    for (const version of [2, 1])
      expect(await store().publishModel(SITE, aModelVersion(version))).toBe('published')
    expect(await store().publishModel(SITE, aModelVersion(2, { source: 'other' }))).toBe('conflict')
    await reopen()
    expect(await store().modelVersions(SITE)).toEqual([aModelVersion(1), aModelVersion(2)])
  })

  it("tells every site's versions at once, as each site shows them", async () => {
    const BY = { actor: 'mara', at: NOW, engine: 'engine-1' }
    await store().publishModel(SITE, aModelVersion(1), BY)
    await store().publishModel(SITE, aModelVersion(2), BY)
    await store().publishModel('other', aModelVersion(1), BY)
    await store().record({ facts: [aFact('one', { site: 'other' })], quarantined: [] })
    expect(await store().publishModel('other', aModelVersion(2), BY)).toBe('preparing')
    const every = await store().everyModelVersion()
    for (const site of [SITE, 'other', 'third'])
      expect(every.get(site) ?? []).toEqual(await store().modelVersions(site))
    expect([SITE, 'other'].map(site => every.get(site)?.length)).toEqual([2, 1])
  })

  it('gives the same object for a version every time', async () => {
    await store().publishModel(SITE, aModelVersion(1))
    const [before] = await store().modelVersions(SITE)
    await store().publishModel(SITE, aModelVersion(2))
    const [after] = await store().modelVersions(SITE)
    expect(after).toBe(before)
  })

  it('keeps sites and takes no id and no key twice', async () => {
    const site = aSite('one', { secretKeyHash: 'h1' })
    expect(await store().createSite(site)).toBe('created')
    expect(await store().createSite(aSite('one', { publicKey: 'pk_new' }))).toBe('conflict')
    expect(await store().createSite(aSite('two', { publicKey: site.publicKey }))).toBe('conflict')
    expect(await store().createSite(aSite('two', { secretKeyHash: 'h1' }))).toBe('conflict')
    const two = aSite('two', { createdAt: NOW + 1, origins: [], consent: 'required', params: ['plan'] })
    expect(await store().createSite(two)).toBe('created')
    await reopen()
    expect(await store().sites()).toEqual([site, two])
  })

  it('updates what a person decides of a site, never its keys', async () => {
    const [one, two] = [aSite('one'), aSite('two')]
    await store().createSite(one)
    await store().createSite(two)
    const renamed: Site = {
      ...one,
      name: 'Renamed',
      origins: ['https://a.example', 'https://b.example'],
      consent: 'cookieless',
      params: ['plan', 'ref'],
      progressive: true,
    }
    await store().updateSite({ ...renamed, publicKey: 'pk_other', secretKeyHash: 'other', createdAt: 0 })
    expect(await store().sites()).toEqual([renamed, two])
    await store().updateSite(aSite('nowhere'))
    expect(await store().sites()).toHaveLength(2)
  })

  it('finds a token by its hash alone', async () => {
    const token = aToken('t1', { scopes: [] })
    await store().createToken(token)
    await store().createToken(aToken('t2', { createdAt: NOW + 1 }))
    expect(await store().tokens()).toEqual([token, aToken('t2', { createdAt: NOW + 1 })])
    expect(await store().tokenByHash(token.hash)).toEqual(token)
    expect(await store().tokenByHash('t1')).toBeNull()
    await expect(store().createToken(aToken('t3', { hash: token.hash }))).rejects.toThrow()
  })

  it('makes its secret once', async () => {
    const secret = await store().installationSecret()
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(await store().installationSecret()).toBe(secret)
    await reopen()
    expect(await store().installationSecret()).toBe(secret)
  })

  it('answers a ping while it can commit, and rejects once closed', async () => {
    await expect(store().ping()).resolves.toBeUndefined()
    await store().close()
    await expect(store().ping()).rejects.toThrow()
  })
}
