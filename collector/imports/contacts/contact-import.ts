import type { Fact } from '../../contracts/facts.ts'
import type { PersonState } from '../../contracts/state.ts'
import type { FactStore, QueryStore } from '../../storage/store.ts'
import type { Delivery } from '../delivery.ts'
import type { Contact } from './contact.ts'
import { decisionsOf } from './decisions.ts'
import { identifyOf, type Known, knownOf, saysNothingNew } from './identify.ts'
import { type Goal, weightOf } from './outcome.ts'

export interface ContactImportGiven {
  readonly site: string
  readonly contacts: readonly Contact[]
  readonly store: Pick<QueryStore, 'person'> & FactStore
  /** a person's id by what names them (qualify/person-id.ts) */
  readonly idOf: (identifier: string) => string
  /** epoch ms */
  readonly now: number
  readonly onProgress: (more: number) => Promise<void>
  readonly stop: AbortSignal
}

/** What becomes of the people of a file. */
export interface PeopleTally {
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  /** rows that name nobody, by the line in the file */
  readonly nameless: readonly number[]
}

/** First what the file says of people; what became of them can be said only once they are leads. */
export async function importPeople(
  given: ContactImportGiven,
  delivery: Delivery | null,
): Promise<PeopleTally> {
  const tally = { fresh: 0, changed: 0, unchanged: 0 }
  const nameless: number[] = []
  for (const contact of given.contacts) {
    if (given.stop.aborted) break
    await given.onProgress(1)
    const known = knownOf(contact)
    if (known.identifier === null) {
      nameless.push(contact.line)
      continue
    }
    const lead = await leadOf(given, known.identifier)
    const kind = noveltyOf(known, lead)
    tally[kind] += 1
    if (kind === 'unchanged') continue
    const whose = contact.user === null ? {} : { user: contact.user }
    await delivery?.add(whose, identifyOf(given.site, { contact, known, lead }, given.now))
  }
  return { ...tally, nameless }
}

const noveltyOf = (known: Known, lead: PersonState | null): 'fresh' | 'changed' | 'unchanged' =>
  lead === null ? 'fresh' : saysNothingNew(known, lead) ? 'unchanged' : 'changed'

const leadOf = async (
  { store, site, idOf }: Pick<ContactImportGiven, 'store' | 'site' | 'idOf'>,
  identifier: string,
): Promise<PersonState | null> => (await store.person(site, idOf(identifier)))?.state ?? null

/** What became of the leads of a file. */
export interface OutcomeTally {
  /** leads moved, by where to */
  readonly moved: Readonly<Partial<Record<Goal, number>>>
  /** they are there already, or further */
  readonly there: number
  /** not to be found under their own name: not qualified yet, or joined to another lead by a person */
  readonly missing: number
}

const AT_ONCE = 500

/** Then what the CRM says became of them, as decisions. */
export async function importOutcomes(given: ContactImportGiven, isDry: boolean): Promise<OutcomeTally> {
  const moved: Partial<Record<Goal, number>> = {}
  const counts = { there: 0, missing: 0 }
  const waiting: Fact[] = []
  for (const [identifier, { contact, goal }] of outcomesByLead(given.contacts)) {
    if (given.stop.aborted) break
    const lead = await leadOf(given, identifier)
    const decisions = lead === null ? [] : decisionsOf(contact, lead, given.now)
    waiting.push(...decisions)
    const became = becameOf(decisions, lead, isDry)
    if (became === 'moved') moved[goal] = (moved[goal] ?? 0) + 1
    else counts[became] += 1
    if (waiting.length >= AT_ONCE) await record(given, waiting.splice(0), isDry)
  }
  await record(given, waiting, isDry)
  return { moved, ...counts }
}

/** In a dry run a lead that is not there would be there by now. */
function becameOf(decisions: readonly Fact[], lead: PersonState | null, isDry: boolean) {
  if (decisions.length > 0 || (lead === null && isDry)) return 'moved'
  return lead === null ? 'missing' : 'there'
}

async function record({ store }: ContactImportGiven, facts: readonly Fact[], isDry: boolean): Promise<void> {
  if (facts.length > 0 && !isDry) await store.record({ facts, quarantined: [] })
}

interface LeadsOutcome {
  readonly contact: Contact
  readonly goal: Goal
  readonly weight: number
}

/** Of several rows on one lead (as many deals) the one that says most. */
function outcomesByLead(contacts: readonly Contact[]): ReadonlyMap<string, LeadsOutcome> {
  const chosen = new Map<string, LeadsOutcome>()
  for (const contact of contacts) {
    const { outcome } = contact
    const { identifier } = knownOf(contact)
    if (outcome?.to == null || identifier === null) continue
    const weight = weightOf(outcome)
    if (weight < (chosen.get(identifier)?.weight ?? Number.POSITIVE_INFINITY))
      chosen.set(identifier, { contact, goal: outcome.to, weight })
  }
  return chosen
}
