import Type, { type TSchema } from 'typebox'
import { parseDuration } from '../../../shared/time.ts'

/**
 * The small words of the grammar. `description` completes "expected …" in errors and is what an editor shows. Patterns
 * are free of backtracking, and texts are short, so that no file can stall the reader.
 */

const NAME_PATTERN = '^[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}_.-]{0,79}$'

/** What people call rules, flags, categories, lists: any script, up to 80 characters. */
export const Name = Type.String({
  pattern: NAME_PATTERN,
  description: 'a name of letters, digits, "_", "-" and "."',
})
export const Names = Type.Array(Name, { description: 'a list of names, such as [budget]' })

/** A map from names of one's own to values of one schema. */
export const named = <S extends TSchema>(schema: S, description: string) =>
  Type.Record(Type.String({ pattern: NAME_PATTERN }), schema, { additionalProperties: false, description })

export const Text = Type.String({ minLength: 1, maxLength: 1_024, description: 'text' })
export const Texts = Type.Array(Text, {
  minItems: 1,
  description: 'a list of texts, such as [student, intern]',
})

const DURATION = '\\d{1,6}(?:\\.\\d{1,3})?[smhdw]$'

/** Longer than zero. */
export const Duration = Type.String({
  pattern: `^(?!0+(?:\\.0+)?[smhdw]$)${DURATION}`,
  description: 'a duration such as 30s, 5m, 4h, 14d or 2w',
})

/** Zero needs no unit. */
export const DurationOrZero = Type.Union([Type.String({ pattern: `^${DURATION}` }), Type.Literal(0)], {
  description: 'a duration such as 4h or 14d, or 0',
})

/** Milliseconds of a duration that the schema has accepted. */
export function millisOf(duration: string | number): number {
  const millis = typeof duration === 'number' ? duration : parseDuration(duration)
  if (millis === null) throw new RangeError(`Not a duration of the grammar: ${duration}`)
  return millis
}

/** Signs of other pattern languages, which would silently match nothing here. */
const LITERAL = '[^?\\[\\]{}\\\\|^$\\p{Cc}]'
const NO_TRIPLE_STAR = '(?!.*\\*\\*\\*)'

/** Held against the path of a page. */
export const PathGlob = Type.String({
  pattern: `^${NO_TRIPLE_STAR}(?!.*://)${LITERAL}+$`,
  maxLength: 500,
  description: 'a path such as "/pricing/**", without host or query: only * and ** are special',
})
export const PathGlobs = Type.Array(PathGlob, { description: 'a list of paths such as ["/pricing/**"]' })

/** Held against the name of a file or form. */
export const NameGlob = Type.String({
  pattern: `^${NO_TRIPLE_STAR}(?!!)${LITERAL}+$`,
  maxLength: 500,
  description: 'a pattern such as "*guide*": only * is special',
})
export const NameGlobs = Type.Array(NameGlob, { description: 'a list of patterns such as ["*guide*"]' })

/** Any finite number within a million either way: beyond, sums lose points to rounding (our choice). */
export const Points = Type.Number({
  minimum: -1_000_000,
  maximum: 1_000_000,
  description: 'a number of points',
})

export const AnyScalar = Type.Union([Text, Type.Number(), Type.Boolean()], {
  description: 'text, a number, true or false',
})
