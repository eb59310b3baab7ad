import { expect, test } from 'vitest'
import { readTitle } from '../../../collector/enrich/titles.ts'
import { EASTERN } from './eastern.ts'
import { GERMANIC } from './germanic.ts'
import { ROMANCE } from './romance.ts'

/** Of answers; a wrong one is another than the reader's, where the code might have said that it does not know. */
const LEAST_AGREED = 0.95
const MOST_WRONG = 0.015

interface Answer {
  readonly title: string
  readonly expected: string | null
  readonly got: string | null
}

const languages = Object.entries({ ...GERMANIC, ...ROMANCE, ...EASTERN }).map(
  ([language, lines]) => [language, answersTo(lines)] as const,
)

function answersTo(lines: string): readonly Answer[] {
  const rows = lines
    .trim()
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
  return rows.flatMap(([title = '', ...expected]) => {
    const { seniority, jobFunction } = readTitle(title)
    return [seniority, jobFunction].map((got, i) => ({ title, expected: orNull(expected[i]), got }))
  })
}

function orNull(cell: string | undefined): string | null {
  return cell === undefined || cell === '-' ? null : cell
}

const missed = (answers: readonly Answer[]) => answers.filter(({ expected, got }) => expected !== got)
const wrong = (answers: readonly Answer[]) => missed(answers).filter(({ got }) => got !== null)
const inAll = languages.flatMap(([, answers]) => answers)

test('eleven languages, 27 titles and more in each', () => {
  expect(languages).toHaveLength(11)
  for (const [language, answers] of languages) expect(answers.length / 2, language).toBeGreaterThanOrEqual(27)
})

test.each([...languages, ['all', inAll] as const])(
  'titles in %s are read as people read them',
  (_language, answers) => {
    expect({ agreed: 1 - missed(answers).length / answers.length, missed: missed(answers) }).toMatchObject({
      agreed: expect.toSatisfy((agreed: number) => agreed >= LEAST_AGREED),
    })
  },
)

test('what is not understood stays unknown', () => {
  const share = wrong(inAll).length / inAll.length
  expect({ share, wrong: wrong(inAll) }).toMatchObject({
    share: expect.toSatisfy((share: number) => share <= MOST_WRONG),
  })
})
