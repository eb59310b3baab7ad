import { expect, it } from 'vitest'
import { createFolds } from '../../collector/qualify/folds.ts'
import { verifyReplay } from '../../collector/qualify/replay.ts'
import { qualifyRound } from '../../collector/qualify/round.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import type { Store } from '../../collector/storage/store.ts'
import { decision, fact, form, identify, NOON } from '../support/facts.ts'
import { idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'
import { namedUser } from '../support/proofs.ts'

const HALF = '\ud83d'
const WHOLE = '\ufffd'

/** Facts of a door that lets halves through: an earlier release's, or a person's word in the API. */
const FACTS = [
  form(NOON, 'demo', {
    email: 'anna@acme.example',
    firstName: `Anna${HALF}`,
    company: `Acme ${HALF}${HALF}`,
  }),
  fact({ type: 'group', occurredAt: NOON + 1, props: { group: `g${HALF}`, traits: { name: `G ${HALF}` } } }),
  identify(NOON + 2, `boris${HALF}@acme.example`, { [`role${HALF}`]: 'x' }, { visitor: 'visitor-two' }),
  namedUser(NOON + 3, '42', `clara${HALF}@acme.example`),
  fact({
    type: 'odd',
    occurredAt: NOON + 4,
    props: { [HALF]: HALF },
    visitor: 'visitor-three',
    session: null,
  }),
  decision(NOON + 5, leadId('anna@acme.example'), 'nurturing', `later${HALF}`),
]

async function qualified(store: Store, now: number): Promise<void> {
  const deps = {
    store,
    clock: () => now,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: async () => idOf,
    folds: createFolds(10),
    onError: (error: unknown) => {
      throw error
    },
  }
  const leave = { only: null, until: Number.POSITIVE_INFINITY }
  for (let rounds = 0; (await qualifyRound(deps, leave)).done > 0; rounds += 1)
    if (rounds > 20) throw new Error('qualifying has no end')
}

it('half a character in what was recorded is the same in memory and in the store: a replay finds no difference', async () => {
  const store = await openStore('sqlite::memory:')
  await store.publishModel('site', published(EXAMPLE))
  await store.record({ facts: FACTS, quarantined: [] })
  const now = NOON + 1_000
  await qualified(store, now)
  const deps = { store, versionsOf: store.modelVersions, idsOf: async () => idOf }
  const replayed = await verifyReplay(deps, 'site', now, () => undefined)
  expect(replayed).toMatchObject({ differences: [] })
  expect(replayed.persons).toBeGreaterThan(3)
  const anna = (await store.person('site', leadId('anna@acme.example')))?.state
  expect(anna?.traits).toMatchObject({ company: { value: `G ${WHOLE}` } })
  expect(anna?.transitions.at(-1)).toMatchObject({ to: 'nurturing', reason: `later${WHOLE}` })
  await store.close()
})
