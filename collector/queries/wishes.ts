import type { Condition, Scalar, ValueTest } from '../contracts/model.ts'

/** Values that would meet a condition, by key. */
export type Wish = Readonly<Record<string, Scalar>>

/** Enough for every condition a person would write; what is left out is only a suggestion less (our choice). */
const MAX_WAYS = 8

/**
 * Ways to meet a condition. Each is an attempt: whether it does is for the policy to say. What must not be is left out,
 * so that it stays as it is.
 */
export function waysToMeet(condition: Condition): readonly Wish[] {
  if ('all' in condition) return condition.all.map(waysToMeet).reduce(joined, [{}])
  if ('any' in condition) return condition.any.flatMap(waysToMeet).slice(0, MAX_WAYS)
  if ('none' in condition) return [{}]
  const { key, is } = condition
  return valuesFor(is, key).map(value => ({ [key]: value }))
}

const joined = (ways: readonly Wish[], more: readonly Wish[]): readonly Wish[] =>
  ways.flatMap(way => more.map(one => ({ ...one, ...way }))).slice(0, MAX_WAYS)

/** What anybody might say where any value does. */
const SAMPLES: Readonly<Record<string, Scalar>> = {
  phone: '+12025550100',
  companySize: 1,
  revenue: 1,
  country: 'US',
  website: 'https://supposed.invalid',
}

function valuesFor(is: ValueTest, key: string): readonly Scalar[] {
  if ('oneOf' in is) return is.oneOf.slice(0, MAX_WAYS)
  if ('glob' in is) return [withoutStars(is.glob)]
  if ('contains' in is) return is.contains.slice(0, MAX_WAYS).map(withoutStars)
  if ('known' in is) return is.known ? [SAMPLES[key] ?? 'known'] : []
  if ('not' in is) return ['something else']
  const value = is.from ?? is.to
  return value === undefined ? [] : [value]
}

const withoutStars = (text: string): string => text.replaceAll('*', '')
