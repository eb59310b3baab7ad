import { expect, it } from 'vitest'
import type { Fact } from '../../collector/contracts/facts.ts'
import { erasureGuard } from '../../collector/ingest/erasure-guard.ts'
import { namesOf } from '../../collector/queries/erased-names.ts'
import { DAY_MS } from '../../shared/time.ts'
import { fact, identify, NOON } from '../support/facts.ts'

const ANNA = 'anna@acme.example'
const GRAVE = { seq: 1, site: 'site', hash: `email:${ANNA}`, erasedAt: NOON }

/** What becomes of a fact in a store where Anna was erased at noon. */
async function outcomeOf(one: Fact) {
  const record = erasureGuard({
    store: {
      tombstones: async upTo => (upTo === 0 ? [GRAVE] : []),
      recordUnlessErased: async ({ facts }, { erased, upTo }) =>
        upTo === 0 ? 'stale' : { outcomes: facts.map(each => (erased.has(each) ? 'erased' : 'accepted')) },
    },
    namesOf,
    hashOf: async () => name => name,
    isThere: async () => false,
  })
  return (await record({ facts: [one], quarantined: [] })).outcomes[0]
}

const followed = (occurredAt: number, mintedAt: number): Fact =>
  fact({
    type: 'email_click',
    occurredAt,
    noted: { click: { email: ANNA, message: null, link: 'https://acme.example/', mintedAt } },
  })

it('keeps what happened after an erasure, and nothing from before', async () => {
  expect(await outcomeOf(identify(NOON - 1, ANNA, {}))).toBe('erased')
  expect(await outcomeOf(identify(NOON + 1, ANNA, {}))).toBe('accepted')
})

it('takes a signed link to be as old as it was made, whenever it is followed', async () => {
  expect(await outcomeOf(followed(NOON + DAY_MS, NOON - DAY_MS))).toBe('erased')
  expect(await outcomeOf(followed(NOON + DAY_MS, NOON + 1))).toBe('accepted')
})
