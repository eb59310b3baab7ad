import type { CompanyList, ScoringModel } from '../contracts/model.ts'
import { engagementOf } from './grammar/engagement.ts'
import { fitOf, gateOf } from './grammar/fit.ts'
import { groupsOf, needsOf } from './grammar/groups.ts'
import { EMPTY_LIST, ListFileName, listOf } from './grammar/lists.ts'
import { DEFAULT_CURRENCY, DEFAULT_TIMEZONE } from './grammar/locale.ts'
import { mqlOf, recycleOf } from './grammar/policy.ts'
import { slaOf } from './grammar/sla.ts'
import { modelTestOf } from './grammar/tests.ts'
import { readList } from './lists.ts'
import { checkMeaning } from './meaning.ts'
import { inReadingOrder, type ModelProblem, problemAt, quoted, type Report } from './problems.ts'
import { readTree } from './read-tree.ts'
import { GoldpanFile, structure } from './schema.ts'
import { entriesOf, type Tree, treeAt } from './tree.ts'

export type ParsedModel =
  | { readonly ok: true; readonly model: ScoringModel }
  | { readonly ok: false; readonly problems: readonly ModelProblem[] }

/** The text of a list file beside the model, null when there is none. */
export type ReadFile = (name: string) => string | null

/**
 * Reads goldpan.yaml. Every mistake is reported at once, each where it stands: what the grammar does not know, and what
 * the parts say of each other. Never throws, whatever the text.
 */
export function parseModel(text: string, readFile: ReadFile): ParsedModel {
  const { tree, problems: flaws } = readTree(text)
  if (tree === null) return refused(flaws)
  const problems: ModelProblem[] = [...flaws]
  const report: Report = (place, finding) => problems.push(problemAt(place, finding))
  structure.check(GoldpanFile, tree, report)
  checkMeaning(tree, report)
  const lists = readListFiles(tree, readFile, report)
  problems.push(...lists.problems)
  if (problems.length > 0 || !structure.fits(GoldpanFile, tree)) return refused(problems)
  return { ok: true, model: modelOf(tree.value, lists.files) }
}

const refused = (problems: readonly ModelProblem[]): ParsedModel => ({
  ok: false,
  problems: inReadingOrder(problems),
})

type ListFiles = ReadonlyMap<string, CompanyList>

function readListFiles(
  file: Tree,
  readFile: ReadFile,
  report: Report,
): { readonly files: ListFiles; readonly problems: readonly ModelProblem[] } {
  const files = new Map<string, CompanyList>()
  const problems: ModelProblem[] = []
  for (const [, { tree }] of entriesOf(treeAt(file, 'lists'))) {
    const name = treeAt(tree, 'file')
    if (!name || !structure.fits(ListFileName, name) || files.has(name.value)) continue
    const text = readFile(name.value)
    if (text === null) {
      const expected = 'the name of a CSV file beside the model'
      report(name, { expected, got: quoted(name.value), fix: 'There is no such file.' })
      continue
    }
    const reading = readList(text, name.value)
    problems.push(...reading.problems)
    files.set(name.value, reading.list)
  }
  return { files, problems }
}

const modelOf = (file: GoldpanFile, files: ListFiles): ScoringModel => ({
  name: file.name,
  timezone: file.timezone ?? DEFAULT_TIMEZONE,
  currency: file.currency ?? DEFAULT_CURRENCY,
  pages: groupsOf(file.pages),
  assets: groupsOf(file.assets),
  forms: groupsOf(file.forms),
  lists: Object.fromEntries(
    Object.entries(file.lists ?? {}).map(([name, entry]) => [
      name,
      listOf(entry, files.get(entry.file ?? '') ?? EMPTY_LIST),
    ]),
  ),
  fit: fitOf(file.fit),
  engagement: engagementOf(file.engagement),
  needs: needsOf(file.needs),
  disqualify: (file.disqualify ?? []).map(gateOf),
  mql: mqlOf(file.mql),
  handoff: file.handoff ?? 'automatic',
  recycle: recycleOf(file.recycle),
  sla: slaOf(file.sla),
  tests: (file.tests ?? []).map(modelTestOf),
})
