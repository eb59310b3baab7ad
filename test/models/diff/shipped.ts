import { readFileSync } from 'node:fs'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import { parseModel } from '../../../collector/models/parse.ts'

const FILE = readFileSync(new URL('../../../goldpan.yaml', import.meta.url), 'utf8')

/** Without its own tests, which name rules that are exchanged here. */
const SHIPPED = FILE.slice(0, FILE.indexOf('\ntests:') + 1)

/** The model that ships, with pieces of its text exchanged. */
export function shipped(...exchanges: readonly (readonly [from: string, to: string])[]): ScoringModel {
  const text = exchanges.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The model that ships has no ${from}`)
    return changed.replace(from, to)
  }, SHIPPED)
  const parsed = parseModel(text, () => null)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  return parsed.model
}

/** So lenient that a small year has enough MQLs to compare. */
export const LENIENT: readonly (readonly [string, string])[] = [
  ['- engagement: { from: 40 }', '- engagement: { from: 12 }'],
  ['- fit: { from: 40 }', '- fit: { from: 15 }'],
  ['exit: { engagement: 25 }', 'exit: { engagement: 8 }'],
  ['rule: [pricing-3x, demo, trial, quote]', 'rule: [pricing, pricing-3x, demo, trial, quote]'],
]
