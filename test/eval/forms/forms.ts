import { type Browser, chromium } from 'playwright-core'
import type { Means, Section } from '../section.ts'
import { type LabelledForm, RARE_GROUP, readForms } from './corpus.ts'
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

/** Whole forms of `forms*.ndjson`: loaded, filled in and submitted in a browser; what came of it is scored (score.ts). */
export const forms = section('forms', ({ group }) => group !== RARE_GROUP)

/** Single fields of `forms*.ndjson`, of traits that forms seldom ask for, in the same way. */
export const fields = section('fields', ({ group }) => group === RARE_GROUP)

function section(name: string, isOfIt: (form: LabelledForm) => boolean): Section {
  return {
    name,
    evaluate: async (folder, means) => {
      const notes: string[] = []
      const labelled = readForms(folder, line => notes.push(line)).filter(isOfIt)
      return [
        ...notes,
        ...(labelled.length === 0 ? [`No ${name} are in ${folder}.`] : await submitted(labelled, means)),
      ]
    },
  }
}

async function submitted(
  labelled: readonly LabelledForm[],
  { browser, say }: Means,
): Promise<readonly string[]> {
  const { snippet, executablePath, tabs } = await browser()
  const [program, stage] = await Promise.all([
    chromium.launch({ executablePath, args: ARGS }),
    startStage(snippet),
  ])
  try {
    return await evaluated(labelled, program, stage, { tabs, say })
  } finally {
    await program.close()
    await stage.close()
  }
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
