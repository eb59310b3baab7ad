import type { UnconfirmedDevice } from '../contracts/state.ts'
import type { Claims } from './claims.ts'
import { isPhone, type Owner, type Stretch } from './timeline.ts'

/** One subject's timeline, cut. */
export interface Timeline {
  readonly subject: string
  readonly stretches: readonly Stretch[]
  /** id of the person an owner of this timeline is */
  readonly whose: (owner: Owner) => string
}

export interface Devices {
  /** by a lead's id: devices that say they are it, and are not confirmed */
  readonly ofLead: ReadonlyMap<string, readonly UnconfirmedDevice[]>
  /** by a person's id: how many people one browser has said it is, at most, among those they used */
  readonly addresses: ReadonlyMap<string, number>
}

export function devicesIn(
  timelines: readonly Timeline[],
  { nameOf }: Claims,
  idOf: (identifier: string) => string,
): Devices {
  const ofLead = new Map<string, Map<string, UnconfirmedDevice>>()
  const addresses = new Map<string, number>()
  for (const { stretches, whose } of timelines) {
    const named = stretches.flatMap(({ owner }) => owner.identifier ?? [])
    const many = new Set(named.map(nameOf)).size
    for (const stretch of stretches) {
      const person = whose(stretch.owner)
      addresses.set(person, Math.max(many, addresses.get(person) ?? 0))
      const claimed = claimedBy(stretch)
      if (claimed === null) continue
      const lead = idOf(claimed.identifier)
      const devices = ofLead.get(lead) ?? new Map<string, UnconfirmedDevice>()
      if (!devices.has(person)) devices.set(person, { ...claimed.seen, person })
      ofLead.set(lead, devices)
    }
  }
  return {
    ofLead: new Map([...ofLead].map(([lead, devices]) => [lead, [...devices.values()]])),
    addresses,
  }
}

/** Whom the stretch of an unconfirmed device says it is; null for any other. */
function claimedBy({ owner: { identifier, isUnconfirmed }, facts, adoptedBy }: Stretch) {
  const [claim] = facts
  if (identifier === null || !isUnconfirmed || adoptedBy !== null || !claim) return null
  return { identifier, seen: { visitor: claim.visitor, since: claim.occurredAt } }
}

/** What later facts may change more of than what is to come. */
export interface Waiting {
  /** timelines of which a proof joins what an unconfirmed device did, or an e-mail what its number did */
  readonly adoptable: ReadonlySet<string>
  /** timelines that a server named and no browser was seen on: the first sight of one makes that a proof */
  readonly unseen: ReadonlySet<string>
  /** epoch ms at which the latest claim of a page was received: a proof known before it would have asked for its own */
  readonly claimedUpTo: number
}

export function waitingIn(timelines: readonly Timeline[], { all }: Claims): Waiting {
  const named = new Set(all.filter(({ claim }) => claim.proof !== 'asserted').map(({ fact }) => fact.subject))
  const subjects = (of: (timeline: Timeline) => boolean): ReadonlySet<string> =>
    new Set(timelines.filter(of).map(({ subject }) => subject))
  return {
    adoptable: subjects(({ stretches }) => stretches.some(mayBeAdopted)),
    unseen: subjects(({ subject, stretches }) => named.has(subject) && !stretches.some(isOfBrowser)),
    claimedUpTo: all.reduce(
      (latest, { fact, claim }) => (claim.proof === 'asserted' ? Math.max(latest, fact.receivedAt) : latest),
      0,
    ),
  }
}

const mayBeAdopted = ({ owner: { identifier, isUnconfirmed } }: Stretch): boolean =>
  isUnconfirmed || (identifier !== null && isPhone(identifier))

const isOfBrowser = ({ facts }: Stretch): boolean => facts.some(({ origin }) => origin === 'browser')
