import {
  type Profile,
  type Touchpoint,
  TRAIT_STRENGTHS,
  type TraitClaim,
} from '../../collector/contracts/evidence.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { Grades, ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import { type Behaviour, NO_BEHAVIOUR } from '../../collector/enrich/behaviour.ts'
import { companyName, listsOf } from '../../collector/enrich/lists.ts'
import { profileOf } from '../../collector/enrich/profile.ts'
import { startReading } from '../../collector/enrich/reading.ts'
import { spelling } from '../../collector/enrich/words.ts'
import type { FitGrade } from '../../shared/grades.ts'
import { isPhone, isVoidClick } from './claims.ts'
import { COMPANY_DOMAIN, type Truth, truthOf, type Value } from './conditions.ts'
import { type Match, matchesOf } from './matches.ts'
import type { Person } from './people.ts'
import { countsOf } from './traffic.ts'

/** All that is known of a person until the next event or publish, understood under the model in force. */
export interface Known {
  readonly version: ModelVersion
  /** ids of what counts: what people did, nobody of our own, in time */
  readonly humans: ReadonlySet<string>
  /** by engagement rule */
  readonly matches: ReadonlyMap<string, readonly Match[]>
  readonly profile: Profile
  readonly lists: readonly string[]
  readonly needs: readonly string[]
  readonly isContradicted: boolean
  readonly firstTouch: Touchpoint | null
  /** the last that was not direct, if there is one */
  readonly lastTouch: Touchpoint | null
  readonly fit: Fit
}

export interface Fit {
  readonly score: number
  readonly grade: FitGrade
  readonly matched: readonly string[]
  readonly mismatched: readonly string[]
  readonly unknown: readonly string[]
}

type Whose = Pick<Person, 'identifier' | 'names' | 'behaviour'>

/** What facts say, whoever said it: what of that is void is judged here. */
const ALL_HUMAN: Behaviour = { ...NO_BEHAVIOUR, saidOf: () => ({ kind: 'human', evidence: null }) }

/** Reads all the facts anew: nothing is remembered from before, nor from another model. */
export function knowing(facts: readonly Fact[], version: ModelVersion, person: Whose): Known {
  const { model } = version
  const evidence = facts.map(startReading(model, ALL_HUMAN))
  const inTime = evidence.filter(({ fact }) => !fact.tooLate)
  const counts = countsOf(facts, model.lists, person.behaviour)
  const human = evidence.filter((_, i) => counts[i])
  const said = inTime
    .filter(({ fact }) => !isVoidClick(fact, person.behaviour))
    .flatMap(({ traits }) => traits)
  const own = said.filter(trait => isOwn(trait, person))
  const profile = profileOf(own)
  const networks = inTime.flatMap(({ fact }) => fact.ip ?? [])
  const lists = listsOf(profile, networks, model.lists)
  const valueFor = (key: string) => personValue(key, profile, lists)
  const touches = human.flatMap(({ touchpoint }) => touchpoint ?? [])
  return {
    version,
    humans: new Set(human.map(({ fact }) => fact.id)),
    matches: new Map(model.engagement.rules.map(rule => [rule.id, matchesOf(rule, human)])),
    profile,
    lists,
    needs: [...new Set(human.flatMap(({ needs }) => needs))],
    isContradicted: own.some((trait, i) => isContradiction(trait, own.slice(0, i))),
    firstTouch: touches[0] ?? null,
    lastTouch: lastOf(touches.filter(({ channel }) => channel !== 'direct')) ?? touches[0] ?? null,
    fit: fitOf(model.fit, valueFor),
  }
}

const lastOf = (touches: readonly Touchpoint[]): Touchpoint | undefined =>
  touches.find(({ at }) => at === Math.max(...touches.map(touch => touch.at)))

/** Whoever was merged with another lead is called by their own address. */
function isOwn({ name, value }: TraitClaim, { identifier, names }: Whose): boolean {
  if (name !== 'email' || identifier === null || isPhone(identifier)) return true
  return names.has(`email:${value}`) || names.has(`test:email:${value}`)
}

/** Whether a trait says of a name or a company otherwise what a stronger source had said last. */
function isContradiction(trait: TraitClaim, before: readonly TraitClaim[]): boolean {
  const plain = trait.name === 'company' ? companyName : trait.name === 'lastName' ? spelling : null
  const strength = (one: TraitClaim) => TRAIT_STRENGTHS.indexOf(one.strength)
  const same = before.filter(({ name }) => name === trait.name)
  const strongest = same.findLast(one => strength(one) === Math.max(...same.map(strength)))
  if (plain === null || strongest === undefined || strength(strongest) <= strength(trait)) return false
  return plain(String(strongest.value)) !== plain(String(trait.value))
}

/** The sum of the matched rules. An unknown rule adds nothing. */
function fitOf({ rules, grades }: ScoringModel['fit'], valueFor: (key: string) => Value): Fit {
  const that = (truth: Truth) => rules.filter(rule => truthOf(rule.if, valueFor) === truth)
  const idsOf = (truth: Truth) => that(truth).map(({ id }) => id)
  const score = sumOf(that(true).map(({ points }) => points))
  return {
    score,
    grade: gradeOf(score, grades),
    matched: idsOf(true),
    mismatched: idsOf(false),
    unknown: idsOf(null),
  }
}

const gradeOf = (score: number, { A, B, C }: Grades): FitGrade =>
  score >= A ? 'A' : score >= B ? 'B' : score >= C ? 'C' : 'D'

/** What a key says of the person: a trait, the kind of mailbox, the lists they are on. */
export function personValue(key: string, profile: Profile, lists: readonly string[]): Value {
  if (key === 'list') return lists
  if (key === 'email.kind') return profile.emailKind
  if (key === COMPANY_DOMAIN) return profile.companyDomain
  return profile.traits[key]?.value ?? null
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)
