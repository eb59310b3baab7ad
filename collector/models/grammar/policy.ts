import Type, { type Static } from 'typebox'
import type { QualificationPolicy, RecyclePolicy } from '../../contracts/model.ts'
import { quoted, type Report } from '../problems.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from '../tree.ts'
import { DurationOrZero, millisOf, Name, named, Points } from './basics.ts'
import { conditionOf, PolicyCondition } from './conditions.ts'
import { checkReference, type DefinedNames } from './names.ts'
import { checkCondition, POLICY_WORDS } from './references.ts'

const closed = { additionalProperties: false }

const Exit = Type.Object(
  { engagement: Points },
  { ...closed, description: 'an exit such as { engagement: 25 }' },
)

const FastTrack = Type.Object(
  {
    rule: Name,
    fit: Type.Optional(
      Type.Object({ from: Points }, { ...closed, description: 'a floor such as { from: 20 }' }),
    ),
  },
  { ...closed, description: 'a fast track such as { rule: demo, fit: { from: 20 } }' },
)

/** `mql`: what makes a lead marketing qualified, and what ends it. */
export const Mql = Type.Object(
  {
    when: PolicyCondition,
    exit: Type.Optional(Exit),
    dwell: Type.Optional(DurationOrZero),
    fastTrack: Type.Optional(FastTrack),
  },
  { ...closed, description: 'a policy { when, exit, dwell, fastTrack }' },
)

export const mqlOf = ({ when, exit, dwell, fastTrack }: Static<typeof Mql>): QualificationPolicy => ({
  when: conditionOf(when),
  exit: exit ?? null,
  dwellMs: millisOf(dwell ?? 0),
  fastTrack: fastTrack ? { rule: fastTrack.rule, fitFrom: fastTrack.fit?.from ?? null } : null,
})

/** `recycle`: what a lead that sales sent back must do before it may qualify again. */
export const Recycle = Type.Object(
  {
    newPoints: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1_000_000, description: 'points, zero or more' }),
    ),
    cooldown: Type.Optional(
      named(DurationOrZero, 'reasons and durations, such as { not_ready: 30d, default: 30d }'),
    ),
  },
  { ...closed, description: 'newPoints and cooldown' },
)

export const recycleOf = (recycle: Static<typeof Recycle> | undefined): RecyclePolicy => ({
  newPoints: recycle?.newPoints ?? 0,
  cooldownMs: Object.fromEntries(
    Object.entries({ default: 0, ...recycle?.cooldown }).map(([reason, duration]) => [
      reason,
      millisOf(duration),
    ]),
  ),
})

/** Names, slips, and an exit that lies below its entry. */
export function checkPolicy(tree: Tree | null, names: DefinedNames, report: Report): void {
  const when = treeAt(tree, 'when')
  checkCondition(when, names, report, POLICY_WORDS)
  const rule = treeAt(tree, 'fastTrack', 'rule')
  const engagementRule = { what: 'a rule', defined: names.engagementRules, home: 'engagement.rules' }
  if (rule) checkReference(rule, engagementRule, report)
  checkExit(treeAt(tree, 'exit', 'engagement'), floorsIn(when), report)
}

/** An exit above every floor would throw people out as soon as they came in. */
function checkExit(exit: Tree | null, floors: readonly number[], report: Report): void {
  if (typeof exit?.value !== 'number' || floors.length === 0) return
  const highest = Math.max(...floors)
  if (exit.value <= highest) return
  const expected = `an exit of at most ${highest}, the engagement that mql.when asks for`
  report(exit, { expected, got: quoted(exit.value) })
}

function floorsIn(condition: Tree | null): readonly number[] {
  return entriesOf(condition).flatMap(([key, { tree }]) => {
    if (key === 'all' || key === 'any') return itemsOf(tree).flatMap(floorsIn)
    const from = key === 'engagement' ? treeAt(tree, 'from')?.value : null
    return typeof from === 'number' ? [from] : []
  })
}
