import { lensOf } from '../../collector/enrich/lens.ts'
import { EXAMPLE } from '../support/model.ts'
import { corpusRows, listOf, type Row, textOf } from './rows.ts'
import type { Section } from './section.ts'
import { accuracyLine, type Verdict, verdictLines } from './verdicts.ts'

/**
 * How the corpus came by its label. A label that was given by a rule over paths flatters a rule over paths, so the rows
 * whose truth is a person's or another corpus', and those made to mislead, come first and count.
 */
const BY_RULE = 'rule+eyeball'

/** Names of corpora for what we call otherwise. */
const OURS: Readonly<Record<string, string>> = { signup: 'trial', solutions: 'features' }
const ours = (label: string): string => OURS[label] ?? label

const NONE = 'other'

/** `pages*.ndjson`: the URL of a page and what it is, against the default categories (an owner's patterns are their own). */
export const pages: Section = {
  name: 'pages',
  evaluate: folder => {
    const { url } = lensOf({ ...EXAMPLE, pages: [] })
    const categoryOf = (address: string) => url(address).category ?? NONE
    const { rows, notes } = corpusRows(folder, 'pages', row => verdictOf(row, categoryOf))
    const byRule = rows.filter(({ group }) => group === BY_RULE)
    const judged = rows.filter(({ group }) => group !== BY_RULE)
    return [
      ...notes,
      ...(judged.length > 0 ? [accuracyLine('Pages, all but those labelled by a rule', judged)] : []),
      ...verdictLines('Pages', [...judged, ...byRule]),
    ]
  },
}

function verdictOf(row: Row, categoryOf: (url: string) => string): Verdict | null {
  const [url, label] = [textOf(row, 'url'), textOf(row, 'label')]
  if (!url || !label) return null
  return {
    group: textOf(row, 'truth') || 'unknown truth',
    subject: url,
    expected: ours(label),
    alsoRight: listOf(row, 'alt').map(ours),
    got: categoryOf(url),
  }
}
