import type { IngestAnswer, WireError } from '../../shared/wire.ts'
import type { RecordOutcome } from '../storage/store.ts'

/** What became of the events of one request before and in the commit. */
export interface Settled {
  /** one per event that passed its check, in their order */
  readonly outcomes: readonly RecordOutcome[]
  /** the place in the batch of each of them */
  readonly places: readonly number[]
  readonly quarantined: number
  /** of those that did not pass */
  readonly errors: readonly WireError[]
}

/**
 * The answer to a request. To a page it says of what was not kept because the person was erased that it was taken: who knows
 * an address could ask with an event of last week whether it was erased since. A secret key is told.
 */
export function answerOf({ outcomes, places, quarantined, errors }: Settled, isPage: boolean): IngestAnswer {
  const erased = isPage ? [] : places.filter((_, nth) => outcomes[nth] === 'erased').map(erasedAt)
  const accepted = outcomes.filter(
    outcome => outcome === 'accepted' || (isPage && outcome === 'erased'),
  ).length
  return {
    accepted,
    duplicate: outcomes.length - accepted - erased.length,
    quarantined,
    refused: errors.length - quarantined + erased.length,
    errors: [...errors, ...erased].sort((a, b) => a.index - b.index),
  }
}

const erasedAt = (index: number): WireError => ({
  index,
  code: 'erased',
  path: '',
  message:
    'expected an event of after the erasure of this person, came one of before. Leave them out of what you import.',
})
