import { checkEngagementRule } from './grammar/engagement.ts'
import { checkFitRule, checkGate, checkGrades } from './grammar/fit.ts'
import { checkList } from './grammar/lists.ts'
import { checkLocale } from './grammar/locale.ts'
import { checkUniqueIds, definedNames } from './grammar/names.ts'
import { checkPolicy } from './grammar/policy.ts'
import { checkSla } from './grammar/sla.ts'
import { checkTest } from './grammar/tests.ts'
import type { Report } from './problems.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from './tree.ts'

/**
 * What no schema can say: names that exist, caps with the right sign, days of the calendar. Every check takes what it
 * understands and leaves the rest to the structure, so that one mistake hides no other.
 */
export function checkMeaning(file: Tree, report: Report): void {
  const names = definedNames(file)
  const at = (...keys: readonly string[]) => treeAt(file, ...keys)
  checkLocale(file, report)
  checkUniqueIds(file, report)
  checkGrades(at('fit', 'grades'), report)
  for (const rule of itemsOf(at('fit', 'rules'))) checkFitRule(rule, names, report)
  for (const gate of itemsOf(at('disqualify'))) checkGate(gate, names, report)
  for (const rule of itemsOf(at('engagement', 'rules'))) checkEngagementRule(rule, names, report)
  for (const [, { tree }] of entriesOf(at('lists'))) checkList(tree, report)
  checkPolicy(at('mql'), names, report)
  checkSla(at('sla'), report)
  for (const test of itemsOf(at('tests'))) checkTest(test, names, report)
}
