import { type Browser, chromium } from 'playwright-core'
import type { Section } from '../section.ts'
import { type LabelledForm, readForms } from './corpus.ts'
import { marksIn } from './marks.ts'
import { report } from './report.ts'
import { scoreVisit } from './score.ts'
import { type Stage, startStage } from './stage.ts'
import { visitAll } from './visit.ts'

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

/** `forms*.ndjson`: every labelled form is loaded, filled in and submitted in a browser, and what came is scored (score.ts). */
export const forms: Section = {
  name: 'forms',
  evaluate: async (folder, means) => {
    const notes: string[] = []
    const labelled = readForms(folder, line => notes.push(line))
    if (labelled.length === 0) return [...notes, `No forms*.ndjson is in ${folder}.`]
    const { snippet, executablePath, tabs } = await means.browser()
    const [browser, stage] = await Promise.all([
      chromium.launch({ executablePath, args: ARGS }),
      startStage(snippet),
    ])
    try {
      return [...notes, ...(await evaluated(labelled, browser, stage, { tabs, say: means.say }))]
    } finally {
      await browser.close()
      await stage.close()
    }
  },
}

async function evaluated(
  forms: readonly LabelledForm[],
  browser: Browser,
  stage: Stage,
  { tabs, say }: { readonly tabs: number; readonly say: (text: string) => void },
): Promise<readonly string[]> {
  const visits = await visitAll(browser, stage, forms, tabs, done =>
    say(`${Math.floor((done / forms.length) * 10) * 10} % of ${forms.length} forms`),
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
