import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts'
import type { WireEvent } from '../../../shared/wire.ts'
import type { Profile } from '../../contracts/evidence.ts'
import type { Fact } from '../../contracts/facts.ts'
import type { PersonState } from '../../contracts/state.ts'
import { identifierIn } from '../../enrich/claim.ts'
import { profileOf } from '../../enrich/profile.ts'
import { traitsOf } from '../../enrich/traits.ts'
import { contentIdOf } from '../ids.ts'
import type { Contact } from './contact.ts'

/** What of a contact is understood, in the words that a profile has it in (enrich/profile.ts), and who it names. */
export interface Known {
  readonly traits: Profile['traits']
  /** `email:…`, else `phone:…`, else `user:…`; null: nobody that could be found again */
  readonly identifier: string | null
}

export function knownOf({ traits, user }: Contact): Known {
  const claims = traitsOf(factSaying(propsOf(traits)))
  const profile = profileOf(claims).traits
  const given = Object.entries(profile).filter(([, { strength }]) => strength !== 'derived')
  return {
    traits: Object.fromEntries(given),
    identifier: identifierIn(claims) ?? (user === null ? null : `user:${user}`),
  }
}

/** By the readers' own way: what they would say of such a fact. */
const factSaying = (props: Fact['props']): Fact => ({
  ...{ id: '', site: '', subject: '', visitor: null, session: null, type: 'identify', props, page: null },
  ...{ occurredAt: 0, receivedAt: 0, origin: 'server', actor: null, ip: null, userAgent: null },
  ...{ tooLate: false, noted: null },
})

function propsOf({ email, phone, ...traits }: Contact['traits']): Fact['props'] {
  return { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }), traits }
}

/** Whether the lead has all that the contact says, in these words. */
export const saysNothingNew = (known: Known, { traits }: PersonState): boolean =>
  Object.values(known.traits).every(({ name, value }) => traits[name]?.value === value)

/**
 * What a contact says of the person, as a server's identify. A new lead begins when the CRM made it; what changed of one we
 * have is said as of the row's last change. Never within the last day: so it counts as an import, live traffic goes before
 * it, and whom it qualifies waits for a person's word (facts.ts, isImport). The id follows from what is said, and from
 * what it replaces, so that the same file imported twice changes nothing.
 */
export function identifyOf(
  site: string,
  {
    contact,
    known,
    lead,
  }: { readonly contact: Contact; readonly known: Known; readonly lead: PersonState | null },
  now: number,
): WireEvent {
  const { createdAt, updatedAt, closedAt, traits, user } = contact
  const said = lead === null ? (createdAt ?? updatedAt ?? closedAt) : updatedAt
  const replaced = Object.keys(known.traits).map(name => lead?.traits[name]?.value ?? null)
  const content = Object.entries(traits).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    id: contentIdOf([site, 'contact', known.identifier, user, content, replaced]),
    type: 'identify',
    at: notOfToday(said ?? now, now),
    props: propsOf(traits),
  }
}

/** @returns an instant that makes a fact an import, with room for a slow clock */
export const notOfToday = (at: number, now: number): number =>
  Math.max(0, Math.min(at, now - DAY_MS - MINUTE_MS))
