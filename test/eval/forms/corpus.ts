import { TRAIT_NAMES, type TraitName } from '../../../shared/traits.ts'
import { corpusFiles, isRow, type Row } from '../rows.ts'

/** What a field is labelled as: a trait of ours, or how it must be treated. `other` is a trait that we have not. */
export type Expectation = TraitName | 'ignore' | 'sensitive' | 'any' | 'other'

export interface LabelledField {
  /** place among the page's `input,select,textarea` */
  readonly idx: number
  readonly expect: Expectation
  readonly isHoneypot: boolean
  /** its name, label and placeholder together, to fill in something plausible and to name it in a report */
  readonly words: string
}

export interface LabelledForm {
  readonly id: string
  /** the source whose figures it counts for */
  readonly group: string
  readonly kind: string
  readonly html: string
  readonly fields: readonly LabelledField[]
  /** a lone name may be taken for a first name where the label says full name */
  readonly firstForFull: boolean
}

const GROUPS: Readonly<Record<string, string>> = { b2b: 'B2B', fs: 'Formasaurus', ddg: 'DuckDuckGo' }
/** Rows that hold one field each, and no form. */
export const RARE_GROUP = 'single fields'

const OURS: ReadonlyMap<string, TraitName> = new Map(TRAIT_NAMES.map(name => [name, name]))
const RULINGS: ReadonlySet<string> = new Set(['ignore', 'sensitive', 'any'])

/** Corpora write `first_name` for our `firstName`. */
function expectation(label: unknown): Expectation {
  const text = String(label)
  if (RULINGS.has(text)) return text as Expectation
  return OURS.get(text.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())) ?? 'other'
}

function fieldOf(row: Row, position: number): LabelledField {
  return {
    idx: typeof row.idx === 'number' ? row.idx : position,
    expect: expectation(row.expect),
    isHoneypot: row.flag === 'honeypot',
    words: [row.name, row.id, row.label, row.placeholder].filter(Boolean).join(' '),
  }
}

/** A row with its fields, or a lone field with what it is; null for anything else. */
function formOf(row: Row | null, position: number): LabelledForm | null {
  if (typeof row?.html !== 'string') return null
  if (Array.isArray(row.fields)) {
    const id = String(row.id ?? position)
    return {
      id,
      group: GROUPS[id.split('-')[0] ?? ''] ?? String(row.source ?? 'unknown source'),
      kind: String(row.form_kind ?? ''),
      html: row.html,
      fields: row.fields.filter(isRow).map(fieldOf),
      firstForFull: String(row.accept_notes ?? '').includes('first_name'),
    }
  }
  if (typeof row.expect !== 'string') return null
  const lone = { idx: 0, expect: expectation(row.expect), isHoneypot: false, words: row.html }
  return {
    id: `field-${position}`,
    group: RARE_GROUP,
    kind: '',
    html: row.html,
    fields: [lone],
    firstForFull: false,
  }
}

/** Every form of the folder's `forms*.ndjson`. Says which lines it could not read. */
export function readForms(folder: string, say: (line: string) => void): readonly LabelledForm[] {
  return corpusFiles(folder, 'forms').flatMap(({ file, rows }) => {
    const forms = rows.map(formOf)
    const skipped = forms.flatMap((form, at) => (form === null ? [at + 1] : []))
    if (skipped.length > 0)
      say(`${file}: skipped ${skipped.length} rows of another shape (line ${skipped[0]} …)`)
    return forms.filter(form => form !== null)
  })
}
