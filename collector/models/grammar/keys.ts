import Type, { type TSchema } from 'typebox'
import { FIT_GRADES } from '../../../shared/grades.ts'
import { JOB_FUNCTIONS } from '../../enrich/lexicon/job-functions.ts'
import { SENIORITIES } from '../../enrich/lexicon/seniority.ts'
import { AnyScalar, Duration, Name, NameGlob, PathGlob, Text, Texts } from './basics.ts'
import { CHANNELS, EMAIL_KINDS } from './vocabulary.ts'

/**
 * What may stand on the left of a condition, and what each key may be held against. Engagement rules ask about the event
 * alone, so that a later claim about the person never changes what an event was worth; fit rules ask who the person is;
 * gates that, too, and for flags; the policy asks all.
 */

const closed = { additionalProperties: false }
const Range = Type.Object(
  { from: Type.Optional(Type.Number()), to: Type.Optional(Type.Number()) },
  { ...closed, minProperties: 1, description: 'a range such as { from: 50, to: 200 }' },
)
const Known = Type.Object({ known: Type.Boolean() }, closed)
const Contains = Type.Object({ contains: Texts }, closed)
const globOf = (glob: TSchema) => Type.Object({ glob }, closed)

const listOf = (schema: TSchema) =>
  Type.Array(schema, { minItems: 1, description: 'a list of at least one value' })

/** One of the forms, or `{ not: <form> }`. */
function testOf(forms: readonly TSchema[], description: string): TSchema {
  const not = Type.Union([...forms], { description })
  return Type.Union([...forms, Type.Object({ not }, closed)], { description })
}

const oneOf = (schema: TSchema): readonly TSchema[] => [schema, listOf(schema)]

/** Words compared without case. */
const text = (glob: TSchema = NameGlob) =>
  testOf([...oneOf(Text), globOf(glob), Contains, Known], 'text, a list, { glob }, { contains } or { known }')

const number = testOf(
  [Type.Number(), listOf(Type.Number()), Range, Known],
  'a number, a list, { from, to } or { known }',
)

const choice = (values: readonly string[]) =>
  testOf(
    [...oneOf(Type.Enum([...values])), Known],
    `one of ${values.join(', ')}, a list of them, or { known }`,
  )

/** A name defined elsewhere in the file; whether it is, is checked apart. */
const reference = (what: string) => testOf(oneOf(Name), `the name of ${what}, or a list of them`)
const group = (what: string) =>
  testOf([...oneOf(Name), Known], `the name of ${what}, a list of them, or { known }`)

const score = testOf([Range], 'a range such as { from: 40 }')

/** Custom traits and properties: whatever the forms allow. */
export const AnyTest = testOf(
  [...oneOf(AnyScalar), Range, globOf(NameGlob), Contains, Known],
  'a value, a list, { from, to }, { glob }, { contains } or { known }',
)

const grows = (amount: TSchema, example: string) =>
  Type.Object(
    { from: amount },
    { ...closed, description: `{ from: ${example} }: it only grows while a page is read` },
  )

export const TRAIT_KEYS: Readonly<Record<string, TSchema>> = {
  email: text(),
  firstName: text(),
  lastName: text(),
  fullName: text(),
  company: text(),
  jobTitle: text(),
  seniority: choice(SENIORITIES),
  jobFunction: choice(JOB_FUNCTIONS),
  phone: text(),
  country: text(),
  companySize: number,
  industry: text(),
  revenue: number,
  website: text(),
  message: text(),
  'email.kind': choice(EMAIL_KINDS),
  list: reference('a list'),
}

export const EVENT_KEYS: Readonly<Record<string, TSchema>> = {
  'page.category': group('a page category'),
  'page.path': text(PathGlob),
  'page.title': text(),
  'page.host': text(),
  'asset.depth': group('an asset depth'),
  'asset.file': text(),
  'form.kind': group('a form kind'),
  'form.id': text(),
  engaged: grows(Duration, '5s'),
  scroll: grows(
    Type.Number({ exclusiveMinimum: 0, maximum: 100, description: 'a percentage such as 75' }),
    '75',
  ),
  channel: choice(CHANNELS),
  'utm.source': text(),
  'utm.medium': text(),
  'utm.campaign': text(),
  'utm.term': text(),
  'utm.content': text(),
}

/** `props.<name>`: a property of a custom event. */
export const PROPS_PATTERN = '^props\\.[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_.-]{0,79}$'

/**
 * What somebody does may close a gate, too: who reads job offers is no prospect. A flag that holds, never one that does not:
 * flags end, so time may open a gate, and never close one.
 */
export const GATE_KEYS: Readonly<Record<string, TSchema>> = {
  flag: Type.Union(oneOf(Name).slice(), {
    description:
      'a flag that holds, or a list of them (never { not }: time would close the gate; ask in mql.when)',
  }),
}

export const POLICY_KEYS: Readonly<Record<string, TSchema>> = {
  flag: reference('a flag'),
  engagement: score,
  fit: score,
  grade: choice(FIT_GRADES),
  rule: reference('a rule'),
  need: reference('a need'),
  known: Type.Union(oneOf(Name).slice(), {
    description: 'a trait, or a list of traits, such as [email, company]',
  }),
}

/** `all`, `any` and `none` of conditions. */
export const COMBINATORS = ['all', 'any', 'none'] as const
