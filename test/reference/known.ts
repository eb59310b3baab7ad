import type { Profile } from '../../collector/contracts/evidence.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import type { FitGrade, Grades, ModelVersion, ScoringModel } from '../../collector/contracts/model.ts'
import { NO_BEHAVIOUR } from '../../collector/enrich/behaviour.ts'
import { listsOf } from '../../collector/enrich/lists.ts'
import { profileOf } from '../../collector/enrich/profile.ts'
import { startReading } from '../../collector/enrich/reading.ts'
import { COMPANY_DOMAIN, type Truth, truthOf, type Value } from './conditions.ts'
import { type Match, matchesOf } from './matches.ts'

/** All that is known of a person until the next event or publish, understood under the model in force. */
export interface Known {
  readonly version: ModelVersion
  /** ids of what people did: no robot, nobody of our own, in time */
  readonly humans: ReadonlySet<string>
  /** by engagement rule */
  readonly matches: ReadonlyMap<string, readonly Match[]>
  readonly profile: Profile
  readonly lists: readonly string[]
  readonly needs: readonly string[]
  readonly fit: Fit
}

export interface Fit {
  readonly score: number
  readonly grade: FitGrade
  readonly matched: readonly string[]
  readonly mismatched: readonly string[]
  readonly unknown: readonly string[]
}

/** Reads all the facts anew: nothing is remembered from before, nor from another model. */
export function knowing(facts: readonly Fact[], version: ModelVersion): Known {
  const { model } = version
  const evidence = facts.map(startReading(model, NO_BEHAVIOUR))
  const inTime = evidence.filter(({ traffic }) => traffic.kind !== 'too_late')
  const human = evidence.filter(({ traffic }) => traffic.kind === 'human')
  const profile = profileOf(inTime.flatMap(({ traits }) => traits))
  const networks = inTime.flatMap(({ fact }) => fact.ip ?? [])
  const lists = listsOf(profile, networks, model.lists)
  const valueFor = (key: string) => personValue(key, profile, lists)
  return {
    version,
    humans: new Set(human.map(({ fact }) => fact.id)),
    matches: new Map(model.engagement.rules.map(rule => [rule.id, matchesOf(rule, human)])),
    profile,
    lists,
    needs: [...new Set(human.flatMap(({ needs }) => needs))],
    fit: fitOf(model.fit, valueFor),
  }
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
