import type { LifecycleStage } from '../../shared/stages.ts'
import { type AccountMember, type AccountState, BUYING_ROLES, type Said } from '../contracts/account.ts'
import { strengthOf, type TraitValue } from '../contracts/evidence.ts'
import type { PersonState } from '../contracts/state.ts'

/** What every engine makes of the persons of an account: pure, so that all engines keep the same. */

/** What of a person their account is made of; null for who is with none, or was made with the test key. */
export function memberOf(state: PersonState): AccountMember | null {
  const { account, traits, isTest } = state
  if (account === null || isTest) return null
  const { domain, by } = account
  const own = isOfDomain(traits.email?.value, domain) ? OWN : 0
  const said = (name: string): Said | null => {
    const claim = traits[name]
    return claim ? { value: claim.value, strength: strengthOf(claim) + own, at: claim.at } : null
  }
  const name = account.name === null ? null : { value: account.name, strength: -1, at: state.lastSeenAt }
  return {
    stage: state.stage,
    counts: countsForAccount(state),
    rank: state.engagement.rank,
    fit: { score: state.fit.score, grade: state.fit.grade },
    roles: account.roles,
    domain,
    name: name && { ...name, ...(by === 'network' ? {} : pick(said('company'))) },
    industry: said('industry'),
    companySize: said('companySize'),
    firstSeenAt: state.firstSeenAt,
    lastSeenAt: state.lastSeenAt,
  }
}

/** Half a step, so that it decides between sources that are equally strong, and lifts none over a stronger one. */
const OWN = 0.5

const isOfDomain = (email: TraitValue | undefined, domain: string | null): boolean =>
  domain !== null &&
  typeof email === 'string' &&
  (email.endsWith(`@${domain}`) || email.endsWith(`.${domain}`))

const pick = (said: Said | null): Partial<Said> => (said ? { strength: said.strength, at: said.at } : {})

/**
 * Who is disqualified, by a person's word or by a closed gate, brings an account neither score nor fit nor role; nor does a
 * device that only says it is one of its leads, which is not scored for the lead either.
 */
export const countsForAccount = ({ stage, gates, claims }: PersonState): boolean =>
  stage !== 'disqualified' && claims === null && Object.keys(gates).length === 0

/**
 * What the score of the person at this place (0 is the highest) weighs in their account's: 1, ½, ¼ …, so that a second
 * interested person says more than a louder first one, and a crowd of the lukewarm never outweighs two of the hottest (our
 * choice).
 */
export const weightAt = (place: number): number => 2 ** -place

/**
 * How many of an account's persons it is made of at most, the most engaged first, ties by id downwards: else a flood of
 * visitors who all say they are with one company would make each of their events dearer (our choice).
 */
export const MOST_ROLLED_UP = 500

/**
 * An account of its members, in whatever order; null when there are none. People of one generation are judged by one model
 * version, so all scores halve in one time: neither the order of people nor the rank of their sum changes with time.
 */
export function rollUp(id: string, members: readonly AccountMember[]): AccountState | null {
  const [first] = members
  if (!first) return null
  const counting = members.filter(({ counts }) => counts)
  const known = members.filter(({ stage }) => stage !== 'anonymous')
  const roles = new Set(counting.filter(({ stage }) => stage !== 'anonymous').flatMap(member => member.roles))
  return {
    id,
    domain: first.domain,
    name: textOf(strongest(members, ({ name }) => name)),
    rank: rankOf(counting),
    fit: bestFit(known.filter(({ counts }) => counts)),
    stage: furthest(members),
    people: known.length,
    anonymous: members.length - known.length,
    mqls: members.filter(({ stage }) => stage === 'mql').length,
    roles: BUYING_ROLES.filter(role => roles.has(role)),
    industry: strongest(members, ({ industry }) => industry),
    companySize: strongest(members, ({ companySize }) => companySize),
    firstSeenAt: Math.min(...members.map(({ firstSeenAt }) => firstSeenAt)),
    lastSeenAt: Math.max(...members.map(({ lastSeenAt }) => lastSeenAt)),
  }
}

/** Beyond so many people a weight is lost in rounding. */
const MOST_WEIGHED = 64

/** log2 Σ wᵢ·2^rankᵢ, highest first: relative to the highest, for 2^rank itself is beyond all numbers. */
function rankOf(members: readonly AccountMember[]): number | null {
  const ranks = members.flatMap(({ rank }) => rank ?? []).sort((a, b) => b - a)
  const [highest] = ranks
  if (highest === undefined) return null
  const sum = ranks
    .slice(0, MOST_WEIGHED)
    .reduce((total, rank, place) => total + weightAt(place) * 2 ** (rank - highest), 0)
  return highest + Math.log2(sum)
}

function bestFit(members: readonly AccountMember[]): AccountState['fit'] {
  const best = members.reduce<AccountMember | null>(
    (one, other) => (one === null || other.fit.score > one.fit.score ? other : one),
    null,
  )
  return best?.fit ?? null
}

/** From where nothing is known to where most is won; who was sent back is behind who was not. */
const WAY: readonly LifecycleStage[] = [
  'anonymous',
  'disqualified',
  'nurturing',
  'lead',
  'mql',
  'sal',
  'sales_qualified',
  'customer',
]

const furthest = (members: readonly AccountMember[]): LifecycleStage =>
  WAY.findLast(stage => members.some(member => member.stage === stage)) ?? 'anonymous'

/** The strongest source's latest; between two of one moment the greater text, so that no order of arrival matters. */
function strongest(
  members: readonly AccountMember[],
  read: (member: AccountMember) => Said | null,
): Said['value'] | null {
  const said = members.flatMap(member => read(member) ?? [])
  const best = said.reduce<Said | null>(
    (one, other) => (one === null || isStronger(other, one) ? other : one),
    null,
  )
  return best?.value ?? null
}

const isStronger = (one: Said, other: Said): boolean =>
  one.strength - other.strength > 0 ||
  (one.strength === other.strength &&
    (one.at > other.at || (one.at === other.at && String(one.value) > String(other.value))))

const textOf = (value: Said['value'] | null): string | null => (value === null ? null : String(value))
