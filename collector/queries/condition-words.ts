import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Condition, EngagementRule, ScoringModel, ValueTest } from '../contracts/model.ts'
import type { PersonState } from '../contracts/state.ts'
import { leavesOf } from '../scoring/conditions.ts'
import { currentScore } from '../scoring/decay.ts'

/** Conditions of the model in two languages: goldpan.yaml's, and a salesperson's. */

/** As it stands in the file; `known` in its short form. */
export function asWritten(condition: Condition): unknown {
  if ('all' in condition) return { all: condition.all.map(asWritten) }
  if ('any' in condition) return { any: condition.any.map(asWritten) }
  if ('none' in condition) return { none: condition.none.map(asWritten) }
  const { key, is } = condition
  return 'known' in is && is.known ? { known: [key] } : { [key]: testAsWritten(is) }
}

function testAsWritten(is: ValueTest): unknown {
  if ('not' in is) return { not: testAsWritten(is.not) }
  if (!('oneOf' in is)) return is
  return is.oneOf.length === 1 ? is.oneOf[0] : is.oneOf
}

/** What the words are about: whom, under which model, at which instant. */
export interface Scene {
  readonly state: PersonState
  readonly model: ScoringModel
  readonly at: number
}

/** An unmet condition as a sentence. */
export function unmetInWords(condition: Condition, scene: Scene): string {
  if ('all' in condition) return condition.all.map(part => unmetInWords(part, scene)).join(' and ')
  if ('any' in condition) return `None of these yet: ${waysInWords(condition.any, scene).join('; ')}`
  if ('none' in condition)
    return `Must not be: ${condition.none.map(one => JSON.stringify(asWritten(one))).join(', ')}`
  return condition.key === 'rule'
    ? `Not yet: ${rulesInWords(condition.is, scene).join(' or ')}`
    : unmetKeyInWords(condition, scene)
}

function unmetKeyInWords({ key, is }: Extract<Condition, { key: string }>, { state, at }: Scene): string {
  if (key === 'engagement') return scoreGap('Engagement', currentScore(state.engagement, at), is)
  if (key === 'fit') return scoreGap('Fit', state.fit.score, is)
  if (key === 'grade') return `Grade is ${state.fit.grade}, not ${testInWords(is)}`
  if (key === 'flag' || key === 'need') return `No sign of ${testInWords(is)} yet`
  const label = labelOf(key)
  if (state.traits[key] === undefined) return `${capitalised(label)} is not known`
  return 'known' in is ? `${capitalised(label)} is known` : `${capitalised(label)} is not ${testInWords(is)}`
}

/** Each way to meet an `any`: what would have to happen, all of one way joined. */
const waysInWords = (ways: readonly Condition[], scene: Scene): readonly string[] =>
  ways.flatMap(way => {
    if ('any' in way) return waysInWords(way.any, scene)
    if ('all' in way) return way.all.map(part => waysInWords([part], scene).join(' or ')).join(' and ')
    return 'key' in way && way.key === 'rule' ? rulesInWords(way.is, scene) : unmetInWords(way, scene)
  })

const rulesInWords = (is: ValueTest, { model }: Scene): readonly string[] =>
  names(is).map(id => ruleInWords(model, id))

function scoreGap(axis: string, score: number, is: ValueTest): string {
  if (!('from' in is) || is.from === undefined || score >= is.from)
    return `${axis} ${shown(tenthBelow(score))} is not ${testInWords(is)}`
  const has = tenthBelow(score)
  return `${axis} ${shown(has)} of ${is.from}: ${rounded(is.from - has)} more points`
}

/** Down, to a tenth, so that what is there and what is missing add up, and no gap is shown as 0. */
const tenthBelow = (points: number): number => Math.floor(points * 10) / 10
const rounded = (number: number): number => Math.round(number * 10) / 10
const shown = (points: number): string => String(points).replace('-', '−')

function testInWords(is: ValueTest): string {
  if ('oneOf' in is) return is.oneOf.join(' or ')
  if ('not' in is) return `other than ${testInWords(is.not)}`
  if ('glob' in is) return is.glob
  if ('contains' in is) return is.contains.map(text => `“${text}”`).join(' or ')
  if ('known' in is) return is.known ? 'known' : 'unknown'
  const { from, to } = is
  if (from === undefined) return `at most ${to}`
  return to === undefined ? `at least ${from}` : `from ${from} to ${to}`
}

const names = (is: ValueTest): readonly string[] => ('oneOf' in is ? is.oneOf.map(String) : [testInWords(is)])

function ruleInWords(model: ScoringModel, id: string): string {
  const rule = model.engagement.rules.find(one => one.id === id)
  if (!rule) return id
  const { window } = rule
  return window
    ? `${window.atLeast} × ${deedInWords(rule)} within ${days(window.withinMs)}`
    : deedInWords(rule)
}

/** What a person does to match an engagement rule: `pricing visit of 2 minutes`, `deep download`, `demo form`. */
export function deedInWords(rule: EngagementRule): string {
  const noun = NOUNS[rule.on] ?? rule.on.replaceAll('_', ' ')
  if (rule.if === null) return noun
  const kind = kindIn(rule.if)
  const deed = kind === null ? `${noun} (${rule.id})` : `${kind.replaceAll('_', ' ')} ${noun}`
  const engaged = leavesOf(rule.if).flatMap(({ key, is }) =>
    key === 'engaged' && 'from' in is ? (is.from ?? 0) : 0,
  )
  const longest = Math.max(...engaged)
  return longest < WORTH_SAYING_MS ? deed : `${deed} of ${rounded(longest / MINUTE_MS)} minutes`
}

/** A visit of some seconds is what people mean by a visit (our choice). */
const WORTH_SAYING_MS = 30 * SECOND_MS

const NOUNS: Readonly<Record<string, string>> = {
  page_view: 'visit',
  download: 'download',
  form_submit: 'form',
  outbound_click: 'click',
}

const KINDS: ReadonlySet<string> = new Set(['page.category', 'asset.depth', 'form.kind'])

function kindIn(condition: Condition): string | null {
  if ('all' in condition) return condition.all.map(kindIn).find(kind => kind !== null) ?? null
  if (!('key' in condition) || !KINDS.has(condition.key) || !('oneOf' in condition.is)) return null
  return condition.is.oneOf.join(' or ')
}

const days = (ms: number): string => `${rounded(ms / 86_400_000)} days`

/** `jobTitle` → `job title`; a custom trait likewise. */
export const labelOf = (trait: string): string =>
  trait === 'email' ? 'e-mail' : trait.replace(/(?<=\p{Ll})\p{Lu}/gu, letter => ` ${letter.toLowerCase()}`)

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
