import { createFolds } from '../../../collector/qualify/folds.ts'
import { personIdsOf } from '../../../collector/qualify/person-id.ts'
import type { RoundDeps } from '../../../collector/qualify/round.ts'
import { createSignals } from '../../../collector/signals.ts'
import type { Store } from '../../../collector/storage/store.ts'

/** What the qualifier's rounds stand on when they are driven by hand: nothing is known yet, and an error ends the program. */
export const roundDeps = (store: Store, clock: () => number) =>
  ({
    store,
    clock,
    signals: createSignals(),
    versionsOf: store.modelVersions,
    idsOf: personIdsOf(store),
    folds: createFolds(),
    onError: error => {
      throw error
    },
  }) satisfies RoundDeps
