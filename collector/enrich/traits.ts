import { memoByObject } from '../../shared/memo.ts'
import { PROTOTYPE_KEYS } from '../../shared/prototype-keys.ts'
import { TRAIT_NAMES, type TraitName } from '../../shared/traits.ts'
import type { TraitClaim, TraitValue } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { countryNamed } from './countries.ts'
import { fieldMeaning } from './fields.ts'
import type { FieldMeaning } from './lexicon/fields.ts'
import { COMPANY_TRAITS, NESTED_ALIASES, TRAIT_ALIASES } from './lexicon/trait-aliases.ts'
import { phoneFrom } from './phones.ts'
import { isProps, listAt, type Props, propsAt, textAt } from './props.ts'
import { answerOf, traitValue } from './values.ts'

/**
 * What a fact says about the person: the fields of a submitted form that mean a trait, or the traits of an identify.
 * Of several fields with one meaning the first counts (two people in one form: the first is the sender), but one named
 * by the page's owner goes before. Asked for several times on a fact's way (whose is it? what does it say?), read once.
 */
export const traitsOf = (fact: Fact): readonly TraitClaim[] => {
  if (fact.noted?.click) return readAddress(fact)
  return SPEAKS_OF_WHO.has(fact.type) ? readTraits(fact) : NOTHING
}

const SPEAKS_OF_WHO: ReadonlySet<string> = new Set(['form_submit', 'identify', 'group'])

const NOTHING: readonly TraitClaim[] = []

const readTraits = memoByObject((fact: Fact): readonly TraitClaim[] => {
  const said = withPhoneOf(saidBy(fact))
  const source = fact.origin === 'browser' ? (fact.type === 'form_submit' ? 'form' : 'identify') : fact.origin
  const strength = fact.origin === 'browser' ? 'asserted' : 'verified'
  return said.map(([name, value]) => ({ name, value, source, strength, at: fact.occurredAt }))
})

/** A number without its country is one of the country that the same form or call names, whatever else is known. */
function withPhoneOf(said: readonly Said[]): readonly Said[] {
  const country = said.find(([name]) => name === 'country')?.[1]
  if (typeof country !== 'string') return said
  return said.flatMap(([name, value]): readonly Said[] => {
    const read = name === 'phone' ? phoneFrom(countryNamed(country), String(value)) : value
    return read === null ? [] : [[name, read]]
  })
}

/** Who follows a signed link reads the mailbox it was sent to. */
const readAddress = memoByObject(({ noted, occurredAt }: Fact): readonly TraitClaim[] => [
  {
    name: 'email',
    value: noted?.click?.email ?? '',
    source: 'email_link',
    strength: 'confirmed',
    at: occurredAt,
  },
])

type Said = readonly [name: string, value: TraitValue]

function saidBy({ type, props }: Fact): readonly Said[] {
  if (type === 'form_submit') return saidByFields(listAt(props, 'fields').filter(isProps))
  return type === 'identify' ? saidByIdentify(props) : saidByGroup(props)
}

function saidByFields(fields: readonly Props[]): readonly Said[] {
  const named = fields.flatMap(field => sayNamed(textAt(field, 'data-goldpan-field'), field.value))
  const read = fields.map(field => ({
    field,
    means: textAt(field, 'data-goldpan-field') === null ? fieldMeaning(field) : 'none',
  }))
  const traitOf = traitsIn(new Set(read.map(({ means }) => means)))
  const understood = read.flatMap(({ field, means }) => {
    const trait = traitOf(means)
    return trait === null ? [] : sayKnown(trait, field.value)
  })
  // an address is an address, though nobody can tell from the words what was asked
  const guessed = read.flatMap(({ field, means }) =>
    means === null || means === 'phone' ? sayKnown('email', field.value) : [],
  )
  return firstOfEach([...named, ...understood, ...guessed])
}

/** What a meaning comes to in a form that asks for all of these. */
function traitsIn(
  means: ReadonlySet<FieldMeaning | null>,
): (meaning: FieldMeaning | null) => TraitName | null {
  const nameMeans = extentOfName(means)
  const asksWho = PERSON.some(meaning => means.has(meaning))
  return meaning => {
    if (meaning === 'name') return nameMeans
    if (meaning === 'title') return asksWho ? 'jobTitle' : null
    return meaning === 'none' ? null : meaning
  }
}

/** Beside one of these a "Title" is the person's; in a form without it is the message's. */
const PERSON: readonly FieldMeaning[] = ['name', 'fullName', 'firstName', 'lastName', 'company']

/** „Name" beside „Vorname" is the last name, „Име" beside „Фамилия" the first, alone the whole; beside both no trait. */
function extentOfName(means: ReadonlySet<FieldMeaning | null>): TraitName | null {
  if (means.has('fullName')) return null
  if (means.has('firstName')) return means.has('lastName') ? null : 'lastName'
  return means.has('lastName') ? 'firstName' : 'fullName'
}

function saidByIdentify(props: Props): readonly Said[] {
  const traits = Object.entries(propsAt(props, 'traits'))
  return firstOfEach([
    ...sayKnown('email', props.email),
    ...sayKnown('phone', props.phone),
    ...traits.flatMap(([name, value]) => sayNamed(name, value)),
  ])
}

/** What is known of a company is known of who is with it; its `name` is not the person's. */
function saidByGroup(props: Props): readonly Said[] {
  const { name, ...traits } = propsAt(props, 'traits')
  const said = Object.entries(traits).flatMap(([trait, value]) => sayNamed(trait, value))
  return firstOfEach([...sayKnown('company', name), ...said]).filter(([trait]) => COMPANY_TRAITS.has(trait))
}

const KNOWN: ReadonlyMap<string, TraitName> = new Map([
  ...Object.entries(TRAIT_ALIASES),
  ...TRAIT_NAMES.map(name => [name.toLowerCase(), name] as const),
])

/** A trait somebody named: one of ours however it is spelled, else a custom one under the name given. */
function sayNamed(name: string | null, value: unknown): readonly Said[] {
  if (name === null || PROTOTYPE_KEYS.has(name)) return []
  if (isProps(value)) return sayNested(plainName(name), value)
  const known = KNOWN.get(plainName(name))
  return known === undefined ? sayCustom(name, value) : sayKnown(known, value)
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '')

/** `company: { name, industry, employee_count }`, `address: { country }`; of other objects nothing is understood. */
function sayNested(name: string, value: Props): readonly Said[] {
  const aliases = Object.hasOwn(NESTED_ALIASES, name) ? NESTED_ALIASES[name] : undefined
  if (aliases === undefined) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const plain = plainName(key)
    const trait = Object.hasOwn(aliases, plain) ? aliases[plain] : KNOWN.get(plain)
    return trait !== undefined && COMPANY_TRAITS.has(trait) ? sayKnown(trait, inner) : []
  })
}

function sayKnown(name: TraitName, value: unknown): readonly Said[] {
  const read = isTraitValue(value) ? traitValue(name, value) : null
  return read === null ? [] : [[name, read]]
}

function sayCustom(name: string, value: unknown): readonly Said[] {
  const read = typeof value === 'string' ? answerOf(value) : isTraitValue(value) ? value : null
  return read === null ? [] : [[name, read]]
}

const isTraitValue = (value: unknown): value is TraitValue =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

const firstOfEach = (said: readonly Said[]): readonly Said[] =>
  said.filter(([name], i) => said.findIndex(([other]) => other === name) === i)
