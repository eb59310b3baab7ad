import { expect, it } from 'vitest'
import { listEvents } from '../../collector/queries/events.ts'
import { listLeads } from '../../collector/queries/leads.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { PersonQuery, Store } from '../../collector/storage/store.ts'
import { DAY_MS } from '../../shared/time.ts'
import { NOON } from '../support/facts.ts'
import { idOf } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

/** A store whose next version comes in force while a page is read. */
async function switchingStore() {
  const store = await openStore('sqlite::memory:')
  await store.publishModel('site', published(EXAMPLE))
  const bounds: (number | null)[] = []
  let readings = 0
  const publishOnce = async () => {
    readings += 1
    if (readings > 1) return
    const slower = { ...EXAMPLE, engagement: { ...EXAMPLE.engagement, halfLifeMs: 28 * DAY_MS } }
    expect(await store.publishModel('site', { ...published(slower), version: 2 })).toBe('published')
  }
  const switching: Store = {
    ...store,
    persons: async (query: PersonQuery) => {
      bounds.push(query.minRank)
      await publishOnce()
      return store.persons(query)
    },
    facts: async query => {
      await publishOnce()
      return store.facts(query)
    },
  }
  const deps = {
    store: switching,
    clock: () => NOON,
    versionsOf: store.modelVersions,
    idsOf: async () => idOf,
  }
  return { deps, bounds, readings: () => readings }
}

it('reads a page of leads again when another version came in force meanwhile', async () => {
  const { deps, bounds } = await switchingStore()
  await listLeads(deps, 'site', { minEngagement: 20 })
  expect(bounds).toHaveLength(2)
  expect(bounds[1]).not.toBe(bounds[0])
  await listLeads(deps, 'site', { minEngagement: 20 })
  expect(bounds).toHaveLength(3)
})

it('reads a page of events again, too', async () => {
  const { deps, readings } = await switchingStore()
  await listEvents(deps, 'site', {})
  expect(readings()).toBe(2)
})
