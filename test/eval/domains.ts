import { emailDomain, readEmailDomain } from '../../collector/enrich/email-kind.ts'
import { corpusRows, type Row, textOf } from './rows.ts'
import type { Section } from './section.ts'
import { type Verdict, verdictLines } from './verdicts.ts'

/** `domains*.ndjson`: an e-mail address and the kind of its mailbox. The tiers are the corpus' own. */
export const domains: Section = {
  name: 'domains',
  evaluate: folder => {
    const { rows, notes } = corpusRows(folder, 'domains', verdictOf)
    return [...notes, ...verdictLines('E-mail domains', rows)]
  },
}

function verdictOf(row: Row): Verdict | null {
  const [email, expected] = [textOf(row, 'email'), textOf(row, 'expect')]
  if (!email || !expected) return null
  const { kind } = readEmailDomain(emailDomain(email))
  return { group: textOf(row, 'tier') || 'no tier', subject: email, expected, got: kind }
}
