import { type Browser, chromium } from 'playwright-core'
import type { Snippet } from '../../scripts/lib/bundle-snippet.mjs'
import { readForms } from './corpus.ts'
import { marksIn } from './marks.ts'
import { report } from './report.ts'
import { scoreVisit } from './score.ts'
import { type Stage, startStage } from './stage.ts'
import { visitAll } from './visit.ts'

export interface Options {
  /** holds `forms*.ndjson` */
  readonly folder: string
  readonly snippet: Snippet
  /** program of a Chromium */
  readonly executablePath: string
  /** forms worked on at a time */
  readonly tabs: number
  readonly onProgress: (text: string) => void
}

/** Headless Chrome names itself; names of other machines find nothing, so that no form reaches anybody. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
]

/** Loads, fills in and submits every labelled form in a browser, and scores what came. @returns the report's lines */
export async function evaluateForms(options: Options): Promise<readonly string[]> {
  const notes: string[] = []
  const forms = readForms(options.folder, line => notes.push(line))
  if (forms.length === 0) return [...notes, `No labelled form is in ${options.folder}.`]
  const [browser, stage] = await Promise.all([
    chromium.launch({ executablePath: options.executablePath, args: ARGS }),
    startStage(options.snippet),
  ])
  try {
    return [...notes, ...(await evaluated(forms, browser, stage, options))]
  } finally {
    await browser.close()
    await stage.close()
  }
}

async function evaluated(
  forms: ReturnType<typeof readForms>,
  browser: Browser,
  stage: Stage,
  { tabs, onProgress }: Options,
): Promise<readonly string[]> {
  const visits = await visitAll(browser, stage, forms, tabs, done =>
    onProgress(`${Math.floor((done / forms.length) * 10) * 10} % of ${forms.length} forms`),
  )
  const sent = new Set(stage.requests.flatMap(marksIn))
  const scores = visits.map(visit => scoreVisit(visit, stage, sent))
  const groups = [...new Set(forms.map(({ group }) => group))]
  return groups.flatMap(group =>
    report(
      group,
      scores.filter(({ form }) => form.group === group),
    ),
  )
}
