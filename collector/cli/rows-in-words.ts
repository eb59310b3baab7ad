import type { RowCounts } from '../storage/upkeep.ts'
import { count } from './words.ts'

/** `3 sites, 1,204 events, …`: what a database holds. */
export const rowsInWords = ({ sites, events, persons, handoffs, erasures, ...aside }: RowCounts): string =>
  [
    count(sites, 'site'),
    count(events, 'event'),
    persons === 1 ? '1 person' : `${persons.toLocaleString('en')} people`,
    count(handoffs, 'hand-off'),
    `${count(aside.quarantined, 'event')} in quarantine${aside.settled > 0 ? ` (${aside.settled} settled)` : ''}`,
    count(erasures, 'tombstone'),
  ].join(', ')
