import { getDomain } from 'tldts'
import type { Profile } from '../contracts/evidence.ts'
import { hostTable } from './host-table.ts'
import { DISPOSABLE_MAIL, FREE_MAIL } from './lexicon/email-domains.ts'
import { memo } from './memo.ts'

type EmailKind = NonNullable<Profile['emailKind']>

/** What follows the last @. */
export const emailDomain = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

const listedKind = hostTable<EmailKind>([
  ...[...FREE_MAIL].map(domain => [domain, 'free'] as const),
  ...[...DISPOSABLE_MAIL].map(domain => [domain, 'disposable'] as const),
])

/** Kind of mailbox, and the registrable domain of a company's: the account's key (collector.md, Identity). */
export const readEmailDomain = memo(10_000, (domain): { kind: EmailKind; companyDomain: string | null } => {
  const kind = listedKind(domain) ?? 'company'
  return {
    kind,
    companyDomain: kind === 'company' ? (getDomain(domain, { allowPrivateDomains: true }) ?? domain) : null,
  }
})
