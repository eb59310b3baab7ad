import { expect, it, onTestFinished } from 'vitest'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { RETENTION_DEFAULTS } from '../../collector/queries/retention.ts'
import { startRetention } from '../../collector/queries/retention-keeper.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { DAY_MS } from '../../shared/time.ts'
import { aQuarantined, aSite, NOW, SITE } from '../contract/store/samples.ts'

/** A store with old events in quarantine, kept by a keeper that looks every millisecond. */
async function kept(listSites?: () => Promise<never>) {
  const store = await openStore('sqlite::memory:')
  await store.createSite(aSite(SITE))
  const old = { receivedAt: NOW - 31 * DAY_MS }
  await store.record({ facts: [], quarantined: [aQuarantined(old), aQuarantined(old), aQuarantined()] })
  const errors: unknown[] = []
  let saw = (): void => {}
  const seen = new Promise<void>(resolve => {
    saw = resolve
  })
  const stop = startRetention({
    store: { ...store, ...(listSites && { sites: listSites }) },
    ...{ clock: () => NOW, signals: createSignals(), periods: RETENTION_DEFAULTS, everyMs: 1 },
    ...{ versionsOf: store.modelVersions, idsOf: personIdsOf(store), connectedTo: loadConnected },
    onError: error => {
      errors.push(error)
      saw()
    },
  })
  onTestFinished(async () => {
    await stop()
    await store.close()
  })
  return { store, stop, errors, seen }
}

it('looks again and again, and takes out what has become too old', async () => {
  const { store, errors } = await kept()
  await expect.poll(async () => (await store.counts(SITE)).quarantined).toBe(1)
  await store.record({ facts: [], quarantined: [aQuarantined({ receivedAt: NOW - 40 * DAY_MS })] })
  await expect.poll(async () => (await store.counts(SITE)).quarantined).toBe(1)
  expect(errors).toEqual([])
})

it('says what went wrong, and does nothing more once it is stopped', async () => {
  const broken = new Error('no sites today')
  const { store, stop, errors, seen } = await kept(() => Promise.reject(broken))
  await seen
  expect(errors[0]).toBe(broken)
  await stop()
  expect((await store.counts(SITE)).quarantined).toBe(3)
})
