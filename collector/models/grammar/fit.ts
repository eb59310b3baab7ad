import Type, { type Static } from 'typebox'
import type { FitRule, Gate, Grades, ScoringModel } from '../../contracts/model.ts'
import { quoted, type Report } from '../problems.ts'
import { type Tree, treeAt } from '../tree.ts'
import { Name, Names, Points } from './basics.ts'
import { conditionOf, GateCondition, PersonCondition } from './conditions.ts'
import type { DefinedNames } from './names.ts'
import { checkCondition, GATE_WORDS } from './references.ts'

const closed = { additionalProperties: false }

const FitRuleEntry = Type.Object(
  { id: Name, if: PersonCondition, points: Points, sets: Type.Optional(Names) },
  { ...closed, description: 'a fit rule { id, if, points }' },
)

const GradeBounds = Type.Object(
  { A: Type.Optional(Points), B: Type.Optional(Points), C: Type.Optional(Points) },
  { ...closed, description: 'lower bounds such as { A: 70, B: 45, C: 20 }' },
)

/** `fit`: who the person is. */
export const Fit = Type.Object(
  { grades: Type.Optional(GradeBounds), rules: Type.Optional(Type.Array(FitRuleEntry)) },
  { ...closed, description: 'grades and rules' },
)

/** `disqualify`: gates that keep a person from becoming an MQL while they are closed. */
export const GateEntry = Type.Object(
  { id: Name, if: GateCondition },
  { ...closed, description: 'a gate { id, if }' },
)

const DEFAULT_GRADES: Grades = { A: 70, B: 45, C: 20 }

export const fitOf = (fit: Static<typeof Fit> | undefined): ScoringModel['fit'] => ({
  grades: { ...DEFAULT_GRADES, ...fit?.grades },
  rules: (fit?.rules ?? []).map(fitRuleOf),
})

const fitRuleOf = (rule: Static<typeof FitRuleEntry>): FitRule => ({
  id: rule.id,
  if: conditionOf(rule.if),
  points: rule.points,
  sets: rule.sets ?? [],
})

export const gateOf = (gate: Static<typeof GateEntry>): Gate => ({ id: gate.id, if: conditionOf(gate.if) })

/** A grade's bound lies above the next one's, or the next could never be given. */
export function checkGrades(tree: Tree | null, report: Report): void {
  const boundOf = (grade: keyof Grades): number => {
    const value = treeAt(tree, grade)?.value
    return typeof value === 'number' ? value : DEFAULT_GRADES[grade]
  }
  for (const [better, worse] of [['A', 'B'] as const, ['B', 'C'] as const]) {
    const place = treeAt(tree, better) ?? treeAt(tree, worse)
    if (place && boundOf(better) <= boundOf(worse)) {
      const expected = `the bound of ${better} to be above that of ${worse}, ${boundOf(worse)}`
      report(place, { expected, got: quoted(boundOf(better)) })
    }
  }
}

export const checkFitRule = (tree: Tree, names: DefinedNames, report: Report): void =>
  checkCondition(treeAt(tree, 'if'), names, report)

export const checkGate = (tree: Tree, names: DefinedNames, report: Report): void =>
  checkCondition(treeAt(tree, 'if'), names, report, GATE_WORDS)
