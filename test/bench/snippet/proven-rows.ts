import { readdirSync } from 'node:fs'
import { fromRoot } from '../../../scripts/lib/paths.mjs'
import type { Row } from './row.ts'

/** What is true or false rather than more or less, and the names of the tests that prove it. */
const PROVEN: readonly (readonly [what: string, goal: string, tests: RegExp])[] = [
  ['lost events', '0 of 200 each (`--delivery 200` measures it)', /^delivery\/battery/],
  [
    'collector down, back on a later visit',
    'all arrive, once, in order',
    /^delivery\/(down|killed)|\/delivery\.test/,
  ],
  ['download shapes', 'all, exactly once, navigation never delayed', /^snippet-browser\/(download|link)/],
  ['form shapes', 'all, exactly once', /^snippet-browser\/form/],
  [
    'GPC, consent pending, granted, denied, wiped',
    'yes',
    /^snippet-browser\/(consent|gpc|asked|cookieless|wiped)/,
  ],
  [
    'host page: storage, crypto, fetch missing, CSP, SRI',
    'never throws, never blocks',
    /^snippet-browser\/.*host/,
  ],
  [
    'real-world forms',
    'B2B ≥ .97, 0 sensitive values (`npm run eval -- FOLDER` measures it)',
    /^eval\/forms\//,
  ],
]

const FOLDERS = ['delivery', 'eval/forms', 'snippet-browser']

/** The rows that tests prove, each with the files that do. */
export function provenRows(): readonly Row[] {
  const files = FOLDERS.flatMap(testsIn)
  return PROVEN.map(([what, goal, tests]) => ({
    what,
    goal,
    measured: `proven by ${
      files
        .filter(file => tests.test(file))
        .map(file => `\`test/${file}\``)
        .join(', ') || 'no test ✗'
    }`,
    field: '',
  }))
}

function testsIn(folder: string): readonly string[] {
  try {
    return readdirSync(fromRoot('test', folder))
      .filter(file => file.endsWith('.test.ts'))
      .map(file => `${folder}/${file}`)
  } catch {
    return []
  }
}
