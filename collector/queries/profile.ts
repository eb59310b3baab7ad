import { MINUTE_MS } from '../../shared/time.ts'
import { TRAIT_NAMES } from '../../shared/traits.ts'
import type { TraitClaim } from '../contracts/evidence.ts'
import { byOccurrence, type Fact } from '../contracts/facts.ts'
import { traitsOf } from '../enrich/traits.ts'
import { automatedBy } from '../enrich/user-agents.ts'
import type { QueryStore } from '../storage/store.ts'
import { identifiersOf } from './erased-names.ts'

/** A form of a page asks which of its fields it need not show. */
export interface UnknownRequest {
  readonly site: string
  readonly visitor: string
  /** names of traits, ours or custom ones. @default all of ours */
  readonly fields?: readonly string[]
  /** who asks */
  readonly userAgent: string | null
}

/** Of the latest ones: who has sent more forms than this from one browser is asked again for what was said before. */
const MOST_FACTS = 50

/**
 * Which of the fields are unknown of who is at the browser. Known is only what this browser itself gave: nothing that
 * others said of the same address counts, so that typing an address and asking tells nothing about whose it is. Of nobody,
 * and to a robot, everything is unknown.
 */
export async function unknownFields(
  store: Pick<QueryStore, 'facts'>,
  { site, visitor, fields = TRAIT_NAMES, userAgent }: UnknownRequest,
): Promise<readonly string[]> {
  if (userAgent === null || automatedBy(userAgent)) return fields
  const query = { site, visitor, person: null, since: null, until: null, limit: MOST_FACTS, cursor: null }
  const pages = await Promise.all(['form_submit', 'identify'].map(type => store.facts({ ...query, type })))
  const said = pages.flatMap(({ items }) => items).sort(byOccurrence)
  const known = new Set([...givenHere(said), ...traitsOfConfirmed()].map(({ name }) => simple(name)))
  for (const name of impliedBy(known)) known.add(name)
  return fields.filter(field => !known.has(simple(field)))
}

/**
 * What the person of a confirmed device is known to be, by whatever way. No device counts as confirmed here yet, which is
 * the careful answer: at worst a field is asked for that was answered elsewhere.
 */
const traitsOfConfirmed = (): readonly TraitClaim[] => []

/** What the browser said since somebody else was named at it. */
function givenHere(said: readonly Fact[]): readonly TraitClaim[] {
  let owner: string | null = null
  let given: readonly TraitClaim[] = []
  for (const fact of said.filter(isOfThePage)) {
    const [named = null] = identifiersOf(fact)
    const isOther = isAnother(named, owner)
    if (isOther) given = []
    if (isOther || owner === null) owner = named
    given = [...given, ...traitsOf(fact)]
  }
  return given.filter(({ name }) => name !== 'message')
}

/** A phone number alone says nothing new where an address is known (identity/timeline.ts). */
const isAnother = (named: string | null, owner: string | null): boolean =>
  named !== null &&
  owner !== null &&
  named !== owner &&
  !(named.startsWith('phone:') && owner.startsWith('email:'))

/** Our choice: the way from a page to the collector. */
const ON_ITS_WAY_MS = 2 * MINUTE_MS

/**
 * What was dated back says nothing here: of somebody who was erased it would not be kept (ingest/erasure-guard.ts), and a
 * page could ask here whether it was.
 */
const isOfThePage = ({ origin, occurredAt, receivedAt }: Fact): boolean =>
  origin === 'browser' && receivedAt - occurredAt <= ON_ITS_WAY_MS

/** Names as forms spell them: `job-title` is jobTitle. Others than Latin letters stay. */
const simple = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '')

function impliedBy(known: ReadonlySet<string>): readonly string[] {
  if (known.has('fullname')) return ['firstname', 'lastname']
  return known.has('firstname') && known.has('lastname') ? ['fullname'] : []
}
