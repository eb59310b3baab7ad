import type { Condition, ValueTest } from '../../../contracts/model.ts'
import { traitName, valueName } from './names.ts'
import { amount, and, or } from './numbers.ts'

/** A condition as a statement about a person: `industry is IT or software`. */
export function statement(condition: Condition): string {
  if ('all' in condition) return and(condition.all.map(statement))
  if ('any' in condition) return or(condition.any.map(statement))
  if ('none' in condition) return `neither ${condition.none.map(statement).join(' nor ')}`
  const { key, is } = condition
  const say = PHRASES[key]
  if (say && 'oneOf' in is) return say(or(is.oneOf.map(valueName)))
  if (say && 'not' in is) return `not ${statement({ key, is: is.not })}`
  return `${traitName(key)} ${predicate(is)}`
}

const PHRASES: Readonly<Record<string, (names: string) => string>> = {
  list: names => `on the list “${names}”`,
  'email.kind': kind => `using a ${kind} e-mail address`,
  flag: names => `flagged as ${names}`,
  need: names => `interested in ${names}`,
  rule: names => `matched by ${names}`,
}

/** `is IT or software`, `contains “student…”` */
export function predicate(is: ValueTest): string {
  if ('known' in is) return is.known ? 'is known' : 'is not known'
  if ('contains' in is) return `contains ${range(is)}`
  return 'not' in is ? `is not ${range(is.not)}` : `is ${range(is)}`
}

/** What a value is held against: `at least 40`, `IT or software`. */
export function range(is: ValueTest): string {
  if ('oneOf' in is) return or(is.oneOf.map(valueName))
  if ('not' in is) return `other than ${range(is.not)}`
  if ('glob' in is) return `like ${is.glob}`
  if ('contains' in is) return or(is.contains.map(text => `“${text.replaceAll('*', '…')}”`))
  if ('known' in is) return is.known ? 'known' : 'unknown'
  const { from, to } = is
  if (from === undefined) return `at most ${amount(to ?? 0)}`
  return to === undefined ? `at least ${amount(from)}` : `${amount(from)} to ${amount(to)}`
}
