import type { AccountListed } from './account-shape.ts'
import type { AccountDetail } from './accounts.ts'
import type { EventShape } from './event-shape.ts'
import type { LeadShape, TraitShape } from './lead-shape.ts'

/**
 * What a token without `leads:pii` sees: everything but what people said about themselves. Ids are keyed hashes and
 * stay; values of traits, of forms, of identify and of group calls go.
 */
export function redactLead<L extends LeadShape>(lead: L): L {
  const traits = Object.entries(lead.traits).map(([name, trait]): [string, TraitShape] => [
    name,
    { ...trait, value: null, redacted: true },
  ])
  return {
    ...lead,
    email: null,
    name: null,
    traits: Object.fromEntries(traits),
    // A company's domain is the tail of the address, its name a trait.
    account: lead.account && { id: lead.account.id, domain: null, name: null },
  }
}

/** Which company it is, and what its people said of it; how many they are and what they may be in a purchase stays. */
export const redactAccount = <A extends AccountListed>(account: A): A & { readonly redacted: true } => ({
  ...account,
  domain: null,
  name: null,
  industry: null,
  companySize: null,
  redacted: true,
})

export const redactAccountDetail = (account: AccountDetail): AccountDetail => ({
  ...redactAccount(account),
  members: account.members.map(member => ({ ...member, email: null, name: null, jobTitle: null })),
})

export function redactEvent<E extends EventShape>(event: E): E {
  return { ...event, props: redactProps(event), traits: blank(event.traits), redacted: true }
}

function redactProps({ type, props }: EventShape): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'form_submit':
      return { ...props, fields: Array.isArray(props.fields) ? props.fields.map(withoutValue) : [] }
    case 'identify':
    case 'group':
      return blank(props)
    case 'decision':
      return 'note' in props ? { ...props, note: null } : props
    default:
      return props
  }
}

function withoutValue(field: unknown): unknown {
  return typeof field === 'object' && field !== null ? { ...field, value: null } : null
}

const blank = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(values).map(name => [name, null]))
