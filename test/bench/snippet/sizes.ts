import { brotli } from '../../../scripts/lib/bundle-snippet.mjs'
import { CHUNK_BUDGET_BYTES, SNIPPET_BUDGET_BYTES } from '../../../scripts/lib/bundles.mjs'
import { ABSENT_PEERS, fetchPeer, PEERS } from './peers.ts'
import type { Row } from './row.ts'
import { bytes, verdict } from './stats.ts'
import type { Tracker } from './trackers.ts'

const VITALS = 'web-vitals alone'

/**
 * Bytes after Brotli 11 of what a site ships: ours, Plausible's package bundled with its options (absent when it cannot
 * be had), and the others' ready files.
 */
export async function sizeRows(goldpan: Tracker, plausible?: Tracker): Promise<readonly Row[]> {
  const peers = new Map<string, string>()
  for (const peer of PEERS) {
    const measured = await fetchPeer(peer).then(
      file => bytes(brotli(file).length),
      (error: unknown) => `not measured: ${error instanceof Error ? error.message : error}`,
    )
    peers.set(peer.name, measured)
  }
  if (plausible) peers.set('Plausible', bytes(sizeOf(plausible.files['tracker.js'])))
  for (const [name, why] of Object.entries(ABSENT_PEERS)) peers.set(name, `not measured: ${why}`)

  const core = sizeOf(goldpan.files['tracker.js'])
  const others = [...peers].filter(([name]) => name !== VITALS)
  return [
    {
      what: 'size, core, Brotli 11',
      goal: `≤ ${bytes(SNIPPET_BUDGET_BYTES)} bytes`,
      measured: `${bytes(core)} ${verdict(core <= SNIPPET_BUDGET_BYTES)}`,
      field: others.map(([name, size]) => `${name} ${size}`).join(', '),
    },
    ...Object.entries(goldpan.files)
      .filter(([file]) => file.startsWith('goldpan.'))
      .map(([file, code]) => chunkRow(file.split('.')[1] ?? file, sizeOf(code), peers.get(VITALS) ?? '')),
  ]
}

const chunkRow = (name: string, size: number, vitals: string): Row => ({
  what: `size, ${name} chunk`,
  goal: `≤ ${bytes(CHUNK_BUDGET_BYTES)} bytes`,
  measured: `${bytes(size)} ${verdict(size <= CHUNK_BUDGET_BYTES)}`,
  field: name === 'vitals' ? `${VITALS} ${vitals}` : '',
})

const sizeOf = (code = ''): number => brotli(code).length
