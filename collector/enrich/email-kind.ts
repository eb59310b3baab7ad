import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import emailProviders from 'email-providers'
import { getDomain } from 'tldts'
import { memo } from '../../shared/memo.ts'
import type { Profile } from '../contracts/evidence.ts'
import { hostTable } from './host-table.ts'
import { DISPOSABLE_MAIL, FREE_MAIL } from './lexicon/email-domains.ts'
import { withParents } from './parents.ts'

type EmailKind = NonNullable<Profile['emailKind']>

/** What follows the last @. */
export const emailDomain = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

/** Kind of mailbox, and the registrable domain of a company's: the account's key (collector.md, Identity). */
export const readEmailDomain = memo(10_000, (domain): { kind: EmailKind; companyDomain: string | null } => {
  const registrable = getDomain(domain, { allowPrivateDomains: true }) ?? domain
  const kind = ourKind(domain) ?? keptKind(domain, registrable)
  return { kind, companyDomain: kind === 'company' ? registrable : null }
})

const ourKind = hostTable<EmailKind>([
  ...[...FREE_MAIL].map(domain => [domain, 'free'] as const),
  ...[...DISPOSABLE_MAIL].map(domain => [domain, 'disposable'] as const),
])

const DISPOSABLE: ReadonlySet<string> = disposableEmailBlocklistSet()
const FREE: ReadonlySet<string> = new Set(emailProviders)

/** What lists kept by others say. Theirs hold public suffixes too (za.com, pp.ua), which say nothing of the companies under them. */
function keptKind(domain: string, registrable: string): EmailKind {
  const names = withParents(domain).filter(name => name.length >= registrable.length)
  if (names.some(name => DISPOSABLE.has(name))) return 'disposable'
  return names.some(name => FREE.has(name)) ? 'free' : 'company'
}
