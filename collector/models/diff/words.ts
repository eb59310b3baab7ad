import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { Condition, ValueTest } from '../../contracts/model.ts'

/** Conditions of a model as a salesperson would say them. */
export function conditionWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(conditionWords).join(' and ')
  if ('any' in condition) return condition.any.map(inner).join(' or ')
  if ('none' in condition) return `not ${condition.none.map(inner).join(' or ')}`
  const { is, key } = condition
  if ('oneOf' in is && is.oneOf.length === 1 && typeof is.oneOf[0] === 'boolean')
    return `${is.oneOf[0] ? '' : 'not '}${labelOf(key)}`
  const say = SAID[key] ?? ((test: string) => `${labelOf(key)} ${test}`)
  return say(testWords(is, key === 'engaged' ? durationWords : String))
}

/** What has parts of its own stands in brackets within another. */
const inner = (condition: Condition): string =>
  'key' in condition ? conditionWords(condition) : `(${conditionWords(condition)})`

const SAID: Readonly<Record<string, (test: string) => string>> = {
  rule: test => `the rule ${test} holds`,
  flag: test => `a sign of ${test}`,
  need: test => `a need of ${test}`,
  list: test => `on the list ${test}`,
  engaged: test => `read for ${test}`,
  scroll: test => `scrolled ${test} %`,
  'email.kind': test => `a ${test} e-mail address`,
  'page.category': test => `a ${test} page`,
  'asset.depth': test => `a ${test} asset`,
  'form.kind': test => `a ${test} form`,
}

function testWords(is: ValueTest, shown: (value: number) => string): string {
  if ('oneOf' in is) return is.oneOf.map(one => String(one).replaceAll('_', ' ')).join(' or ')
  if ('not' in is) return `other than ${testWords(is.not, shown)}`
  if ('glob' in is) return `like ${is.glob}`
  if ('contains' in is) return `with ${is.contains.map(text => `“${text}”`).join(' or ')}`
  if ('known' in is) return is.known ? 'known' : 'unknown'
  const { from, to } = is
  if (from === undefined) return `at most ${shown(to ?? 0)}`
  return to === undefined ? `at least ${shown(from)}` : `from ${shown(from)} to ${shown(to)}`
}

const UNITS = [
  [DAY_MS, 'day'],
  [HOUR_MS, 'hour'],
  [MINUTE_MS, 'minute'],
  [SECOND_MS, 'second'],
] as const

/** `14 days`, `1.5 hours`: in the largest unit of which there is at least one, to a tenth. */
export function durationWords(ms: number): string {
  const [unit, name] = UNITS.find(([one]) => ms >= one) ?? [SECOND_MS, 'second']
  const count = Math.round((ms / unit) * 10) / 10
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

/** `jobTitle` → `job title`; a custom trait likewise. */
const labelOf = (trait: string): string =>
  trait === 'email' ? 'e-mail' : trait.replace(/(?<=\p{Ll})\p{Lu}/gu, letter => ` ${letter.toLowerCase()}`)
