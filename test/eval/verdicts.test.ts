import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sectionsNamed } from './eval.ts'
import { corpusRows, textOf } from './rows.ts'
import { accuracyLine, type Verdict, verdictLines } from './verdicts.ts'

const row = (subject: string, expected: string, got: string, given: Partial<Verdict> = {}): Verdict => ({
  group: 'hand',
  subject,
  expected,
  got,
  ...given,
})

describe('a report', () => {
  const ROWS = [
    row('/a', 'pricing', 'pricing'),
    row('/b', 'pricing', 'blog'),
    row('/c', 'pricing', 'blog'),
    row('/d', 'blog', 'blog'),
    row('/e', 'blog', 'news', { alsoRight: ['news'] }),
    row('/f', 'docs', 'docs', { group: 'rule' }),
  ]
  const report = verdictLines('Pages', ROWS).join('\n')

  test('counts each group by itself', () => {
    expect(report).toContain('Pages, hand: accuracy 0.600  (3 of 5 rows)')
    expect(report).toContain('Pages, rule: accuracy 1.000  (1 of 1 rows)')
    expect(accuracyLine('All', ROWS)).toContain('All: accuracy 0.667  (4 of 6 rows)')
  })

  test('gives recall and precision of each label', () => {
    expect(report).toMatch(/pricing +recall 0\.333, precision 1\.000 {2}\(1 of 3, claimed 1\)/)
    expect(report).toMatch(/blog +recall 1\.000, precision 0\.500 {2}\(2 of 2, claimed 4\)/)
  })

  test('lists the misses by kind of mistake, and only them', () => {
    expect(report).toMatch(/missed {2}pricing → blog: 2\n +\/b\n +\/c/)
    expect(report).not.toMatch(/\/[adef]/)
  })
})

describe('the rows of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-eval-'))
  writeFileSync(join(folder, 'pages__one.ndjson'), '{"url":"/a"}\n{"url":7}\nnonsense\n{"url":"/b"}\n')
  const read = (prefix: string) => corpusRows(folder, prefix, line => textOf(line, 'url') || null)

  test('are read from every file of the kind, and what cannot be read is said', () => {
    expect(read('pages')).toEqual({
      rows: ['/a', '/b'],
      notes: ['pages*.ndjson: skipped 2 rows of another shape'],
    })
  })

  test('of a kind that it has not are none, and that is said', () => {
    expect(read('bots')).toEqual({ rows: [], notes: [`No bots*.ndjson is in ${folder}.`] })
  })
})

describe('sections', () => {
  test('are all when none is asked for, and only those asked for', () => {
    expect(sectionsNamed([]).length).toBeGreaterThan(2)
    expect(sectionsNamed(['domains', 'pages']).map(({ name }) => name)).toEqual(['pages', 'domains'])
  })

  test('that there are not are refused, with what there is', () => {
    expect(() => sectionsNamed(['page'])).toThrow(/No section “page”. There are: .*pages, .*domains/)
  })
})
