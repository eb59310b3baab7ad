import { type BatteryOptions, runBattery } from '../../delivery/battery.ts'
import type { Row } from './row.ts'
import { verdict } from './stats.ts'
import type { Tracker } from './trackers.ts'

/** Of a collector far away. */
const ROUND_TRIP_MS = 150

/** Leaves pages in every way, over cold connections, and says what was lost. */
export async function deliveryRows(
  { files }: Tracker,
  runs: number,
  onProgress: NonNullable<BatteryOptions['onProgress']>,
): Promise<readonly Row[]> {
  const snippet = { code: files['tracker.js'] ?? '', parts: files }
  const rows = await runBattery({ snippet, runs, delayMs: ROUND_TRIP_MS, warm: false, onProgress })
  const sum = (value: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + value(row), 0)
  const [lost, doubled] = [sum(row => row.lost), sum(row => row.doubled)]
  const faulty = rows.filter(row => row.lost + row.doubled > 0)
  const faults = faulty.map(row => `${row.scenario}: ${row.lost} lost, ${row.doubled} doubled`)
  return [
    {
      what: `lost events, ${rows.length} ways to leave, cold TLS, ${ROUND_TRIP_MS} ms`,
      goal: `0 of ${runs} each`,
      measured: [
        `${lost} lost, ${doubled} doubled of ${sum(row => row.events)} ${verdict(lost + doubled === 0)}`,
      ]
        .concat(faults)
        .join('; '),
      field: '',
    },
  ]
}
