import { expect, test } from 'vitest'
import { bundleSnippet } from '../../scripts/lib/bundle-snippet.mjs'
import { runBattery, served } from './battery.ts'

test('whichever way a page is left, all it had to say arrives once', { timeout: 180_000 }, async () => {
  const snippet = served(await bundleSnippet())
  const rows = await runBattery({ snippet, runs: 20, delayMs: 150, warm: false })
  console.table(rows.map(({ faults, ...row }) => row))
  expect(rows.flatMap(({ scenario, faults }) => faults.map(fault => `${scenario}: ${fault}`))).toEqual([])
})
