import type { IngestAnswer, WireError, WireNotice } from '../../shared/wire.ts'
import type { RecordOutcome } from '../storage/store.ts'

/** What became of the events of one request before and in the commit. */
export interface Settled {
  /** one per event that passed its check, in their order */
  readonly outcomes: readonly RecordOutcome[]
  /** the place in the batch of each of them */
  readonly places: readonly number[]
  /** one per event that is to be kept aside */
  readonly asides: readonly RecordOutcome[]
  /** of those that did not pass */
  readonly errors: readonly WireError[]
  readonly notices: readonly WireNotice[]
}

/**
 * The answer to a request. To a page it says of what was not kept because the person was erased that it was taken: who knows
 * an address could ask with an event of last week whether it was erased since. A secret key is told.
 *
 * What is in quarantine and comes again is a duplicate, like what was accepted and comes again: so each event is counted as
 * quarantined once, however often it is sent. What is wrong with it is said each time, for the first answer may never have come.
 */
export function answerOf(
  { outcomes, places, asides, errors, notices }: Settled,
  isPage: boolean,
): IngestAnswer {
  const erased = isPage ? [] : places.filter((_, nth) => outcomes[nth] === 'erased').map(erasedAt)
  const accepted = outcomes.filter(
    outcome => outcome === 'accepted' || (isPage && outcome === 'erased'),
  ).length
  const quarantined = asides.filter(outcome => outcome === 'accepted').length
  return {
    accepted,
    duplicate: outcomes.length - accepted - erased.length + (asides.length - quarantined),
    quarantined,
    refused: errors.length - asides.length + erased.length,
    errors: [...errors, ...erased].sort((a, b) => a.index - b.index),
    ...(notices.length > 0 && { notices }),
  }
}

const erasedAt = (index: number): WireError => ({
  index,
  code: 'erased',
  path: '',
  message:
    'expected an event of after the erasure of this person, came one of before. Leave them out of what you import.',
})
