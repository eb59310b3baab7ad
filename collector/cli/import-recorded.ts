import type { DeliveryTally } from '../imports/delivery.ts'
import { plain } from './columns.ts'
import { count } from './words.ts'

/** What became of the events of an import; null: it was only counted. */
export function recordedLines(recorded: DeliveryTally | null): readonly string[] {
  if (recorded === null) return ['nothing was recorded: --dry-run']
  const { accepted, duplicate, quarantined, refused, errors } = recorded
  const more = [
    duplicate > 0 ? `${count(duplicate, 'event')} known already or came twice` : null,
    quarantined > 0 ? `${count(quarantined, 'event')} kept aside` : null,
    refused > 0 ? `${count(refused, 'event')} refused` : null,
  ].filter(part => part !== null)
  return [
    `recorded: ${[count(accepted, 'new event'), ...more].join(', ')}`,
    ...errors.map(({ path, message }) => `  ${path} ${plain(message, 120)}`),
  ]
}
