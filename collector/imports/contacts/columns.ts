import type { TraitName } from '../../../shared/traits.ts'
import { TRAIT_NAMES } from '../../../shared/traits.ts'
import { fieldMeaning } from '../../enrich/fields.ts'
import type { FieldMeaning } from '../../enrich/lexicon/fields.ts'
import { TRAIT_ALIASES } from '../../enrich/lexicon/trait-aliases.ts'
import { compileLexicon, wordsOf } from '../../enrich/words.ts'
import { CRM_COLUMNS, type CrmColumn } from './column-words.ts'

/** What a column is read as. `trait`: one of ours, or a custom one the owner named; null: not understood. */
export type ColumnMeaning =
  | { readonly kind: 'trait'; readonly trait: string }
  | { readonly kind: Exclude<CrmColumn, 'none'> }
  | { readonly kind: 'left_out' }
  | null

export interface Column {
  readonly name: string
  readonly meaning: ColumnMeaning
}

const CRM_KINDS: readonly Exclude<CrmColumn, 'none'>[] = [
  'closedAt',
  'updatedAt',
  'createdAt',
  'reason',
  'amount',
  'currency',
  'outcome',
  'userId',
]

/** What `--map` may say of a column beside the name of a trait; `-` leaves it out. */
export const MAPPABLE: readonly string[] = [...TRAIT_NAMES, ...CRM_KINDS, '-']

const crmColumnOf = compileLexicon(CRM_COLUMNS)

/**
 * What the columns of a header are: as the owner maps them, else by the names that tools give to our traits, by what CRMs
 * call their own columns, and by the words that forms use in their languages (enrich/fields.ts).
 * @param mapped by header, without case
 */
export function columnsOf(header: readonly string[], mapped: ReadonlyMap<string, string>): readonly Column[] {
  const said = header.map(name => ({ name, said: mapped.get(name.toLowerCase()) ?? saidBy(name) }))
  const means = new Set(said.map(one => one.said))
  return said.map(({ name, said: meaning }) => ({ name, meaning: settled(meaning, means) }))
}

type Said = string | null

/** Exact names only: the words are for everything else. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ...Object.entries(TRAIT_ALIASES),
  ...TRAIT_NAMES.map(name => [name.toLowerCase(), name] as const),
  ['name', 'name'],
  ['website', 'website'],
])

function saidBy(header: string): Said {
  const crm = crmColumnOf(wordsOf(header))
  return (
    knownAs(header) ??
    crm ??
    knownAs(header.replace(/[/(].*$/s, '')) ??
    traitOf(fieldMeaning({ label: header }))
  )
}

/** `Country/Region` and `Phone (work)` are known by what stands before. */
function knownAs(header: string): string | null {
  const isLatin = !/[^\p{ASCII}]/u.test(header)
  return (isLatin && KNOWN.get(header.toLowerCase().replace(/[^a-z]/g, ''))) || null
}

/** What sales wrote of a person is not what the person wrote. */
const traitOf = (meaning: FieldMeaning | null): Said =>
  meaning === 'message' ? 'none' : meaning === 'title' ? 'jobTitle' : meaning

function settled(said: Said, means: ReadonlySet<Said>): ColumnMeaning {
  if (said === null) return null
  if (said === 'none' || said === '-') return { kind: 'left_out' }
  if (said === 'name') return nameBeside(means)
  const crm = CRM_KINDS.find(kind => kind === said)
  return crm ? { kind: crm } : { kind: 'trait', trait: said }
}

/** "Name" beside a first name is the last one, and the other way round; beside both it says nothing new. */
function nameBeside(means: ReadonlySet<Said>): ColumnMeaning {
  const trait = (name: TraitName): ColumnMeaning => ({ kind: 'trait', trait: name })
  if (means.has('fullName') || (means.has('firstName') && means.has('lastName'))) return { kind: 'left_out' }
  if (means.has('firstName')) return trait('lastName')
  return trait(means.has('lastName') ? 'firstName' : 'fullName')
}
