import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openStore } from '../../../collector/storage/open.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { SITE } from '../scoring/crowd.ts'
import { databaseIn } from './collectors.ts'
import { copyFolder, fill, fillWithCopies, hasCopy } from './filling.ts'
import { readOptions } from './options.ts'

const TIMEOUT_MS = 60_000
const silent = (): void => {}

test('sizes are read, and what is no option is named', () => {
  expect(
    readOptions(['--leads', '2_000', '--events', '50000', '--keep', 'somewhere', '--anew']),
  ).toMatchObject({ leads: 2_000, events: 50_000, keep: 'somewhere', isAnew: true, seconds: 10 })
  expect(() => readOptions(['--lead', '3'])).toThrow('no option --lead')
  expect(() => readOptions(['--leads', 'many'])).toThrow('--leads: expected a whole number')
  expect(() => readOptions(['--keep', '--anew'])).toThrow('--keep: expected a path')
  expect(() => readOptions(['--leads', '1000', '--events', '3000'])).toThrow('--events: expected at least 4')
})

/** program.ts finds it by these words. */
test('the qualifier is where the benchmark looks for it', () => {
  expect(readFileSync('collector/qualify/qualifier.ts', 'utf8')).toContain('function startQualifier(given')
})

test(
  'a database that is filled goes on where it was, and nobody in it waits',
  async () => {
    const folder = tempDir()
    await fill(folder, { leads: 100, eventsEach: 5 }, silent)
    await fillWithCopies(folder, { leads: 300, eventsEach: 5 }, silent, [0.2, 0.8])
    expect(await countsIn(folder)).toMatchObject({ facts: 1_500, persons: 300, dirty: 0 })
    // what it had passed when it was asked for is not to be had any more
    expect([0.2, 0.8].map(share => hasCopy(folder, share))).toEqual([false, true])
    expect(await countsIn(copyFolder(folder, 0.8))).toMatchObject({ facts: 1_200, persons: 240, dirty: 0 })
    await expect(fill(folder, { leads: 290, eventsEach: 5 }, silent)).rejects.toThrow('Name another folder')
    await expect(fill(folder, { leads: 300, eventsEach: 6 }, silent)).rejects.toThrow('Name another folder')
  },
  TIMEOUT_MS,
)

async function countsIn(folder: string) {
  const store = await openStore(databaseIn(folder))
  const facts = await store.factsSince(SITE, 0, 2_000)
  expect(
    facts.map(({ id, occurredAt }) => Number.parseInt(id.replace('-', '').slice(0, 12), 16) - occurredAt),
  ).toEqual(facts.map(() => 0))
  const counts = await store.counts(SITE)
  await store.close()
  return counts
}
