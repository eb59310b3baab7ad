import type { Condition, ValueTest } from '../contracts/model.ts'

/** A condition as it stands in goldpan.yaml; `known` in its short form. */
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
