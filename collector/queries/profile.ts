import { MINUTE_MS } from '../../shared/time.ts'
import { TRAIT_NAMES } from '../../shared/traits.ts'
import type { TraitClaim } from '../contracts/evidence.ts'
import { byOccurrence, type Fact } from '../contracts/facts.ts'
import { NO_BEHAVIOUR } from '../enrich/behaviour.ts'
import { claimOf } from '../enrich/claim.ts'
import { machineBehind } from '../enrich/traffic.ts'
import { traitsOf } from '../enrich/traits.ts'
import { automatedBy } from '../enrich/user-agents.ts'
import { changesOwner } from '../identity/timeline.ts'
import type { OwnedFact, QueryStore } from '../storage/store.ts'
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
 * Which of the fields are unknown of who is at the browser. Known is only what this browser itself gave, unless it was proven
 * whose it is: nothing that others said of the same address counts, so that typing an address and asking tells nothing about
 * whose it is. Of nobody, and to a robot, everything is unknown.
 */
export async function unknownFields(
  store: Pick<QueryStore, 'facts' | 'person'>,
  { site, visitor, fields = TRAIT_NAMES, userAgent }: UnknownRequest,
): Promise<readonly string[]> {
  if (userAgent === null || automatedBy(userAgent)) return fields
  const query = { site, visitor, person: null, since: null, until: null, limit: MOST_FACTS, cursor: null }
  const pages = await Promise.all(
    ['form_submit', 'identify', 'email_click'].map(type => store.facts({ ...query, type })),
  )
  const said = pages.flatMap(({ items }) => items).sort(byOccurrence)
  // it may have named somebody else
  if (said.some(({ unreadable }) => unreadable !== undefined)) return fields
  const known = new Set(
    [
      ...givenHere(said),
      ...(await traitsOfProven(
        store,
        site,
        pages.flatMap(({ items }) => items),
      )),
    ].map(({ name }) => simple(name)),
  )
  for (const name of impliedBy(known)) known.add(name)
  return fields.filter(field => !known.has(simple(field)))
}

/**
 * What the person of this browser is known to be, by whatever way, where it was proven to be theirs (collector.md, Identity):
 * by a signed link that was followed on it, or by the customer's server. Nobody was named at it since.
 */
async function traitsOfProven(
  store: Pick<QueryStore, 'person'>,
  site: string,
  facts: readonly OwnedFact[],
): Promise<readonly TraitClaim[]> {
  const claims = [...facts].sort(byOccurrence).filter(fact => claimOf(fact) !== null)
  const latest = claims.at(-1)?.person?.id
  const proof = claims.find(fact => isProof(fact) && fact.person?.id === latest)
  if (latest === undefined || proof === undefined) return []
  const person = await store.person(site, latest)
  return person?.state.identifier ? Object.values(person.state.traits).filter(isGiven) : []
}

const isProof = (fact: Fact): boolean =>
  claimOf(fact)?.proof !== 'asserted' && machineBehind(fact, NO_BEHAVIOUR) === null

/** What we concluded ourselves is worth asking for. */
const isGiven = ({ strength, name }: TraitClaim): boolean => strength !== 'derived' && name !== 'message'

/** What the browser said since somebody else was named at it. */
function givenHere(said: readonly Fact[]): readonly TraitClaim[] {
  let owner: string | null = null
  let given: readonly TraitClaim[] = []
  for (const fact of said.filter(isOfThePage)) {
    const [named = null] = identifiersOf(fact)
    const isOther = named !== null && owner !== null && changesOwner(owner, { identifier: named })
    if (isOther) given = []
    if (isOther || owner === null) owner = named
    given = [...given, ...traitsOf(fact)]
  }
  return given.filter(({ name }) => name !== 'message')
}

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
