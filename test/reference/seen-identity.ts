import type { Fact } from '../../collector/contracts/facts.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import { behaviourOf } from './behaviour.ts'
import { livesIn } from './lives.ts'
import { standingMerges } from './merges.ts'
import type { Person } from './people.ts'
import type { Story } from './random-streams.ts'
import { knownAt } from './steps.ts'

/** What happens in a story as to who is who, and who was behind it. */
export function whoIsWhoIn(story: Story): readonly string[] {
  const { facts, versions, now } = story
  const people = livesIn(story).map(({ person }) => person)
  const merged = facts.filter(({ type }) => type === 'merge').length
  const standing = standingMerges(facts).length
  const isContradicted = (one: Person) => knownAt({ at: now, by: 'time' }, one, versions).isContradicted
  const seen = {
    'leads were merged': people.some(one => one.facts.some(({ fact }) => fact.type === 'merge')),
    'a merge was undone': merged > standing && facts.some(({ type }) => type === 'unmerge'),
    'a device waits': people.some(({ unconfirmed }) => unconfirmed.length > 0),
    'a device was confirmed': people.some(one => isJoinedLater(one, 'email', isProof)),
    'a device was merged': people.some(one => isJoinedLater(one, 'email', ({ type }) => type === 'merge')),
    'a number got an address': people.some(one => isJoinedLater(one, 'phone', by => says(by, 'email'))),
    'two names are one': people.some(({ names }) => names.size > 1),
    'one browser was many people': people.some(one => one.people > 3),
    'a page contradicted': people.some(isContradicted),
    'tried with the test key': people.some(({ identifier }) => identifier?.startsWith('test:')),
    ...trafficIn(facts),
  }
  return Object.entries(seen).flatMap(([kind, isSeen]) => (isSeen ? [kind] : []))
}

function trafficIn(facts: readonly Fact[]) {
  const { saidOf, isProgram, isOurOwn } = behaviourOf(facts)
  const byPace = facts.filter(
    one => isProgram(one) && saidOf(one) === null && !one.userAgent && !one.noted?.crowd,
  )
  return {
    'a mail was scanned': byPace.some(({ noted }) => noted?.click),
    'pages were opened in a spree': byPace.some(({ session }) => session?.startsWith('spree')),
    'a program was said to be human': facts.some(one => one.userAgent && saidOf(one) === 'human'),
    'a browser was said to be a program': facts.some(one => !one.userAgent && saidOf(one) === 'bot'),
    'a browser was ours since': facts.some(one => !one.noted?.optedOut && isOurOwn(one)),
  }
}

const isProof = ({ noted, origin }: Fact): boolean => noted?.click !== undefined || origin === 'server'

const says = (fact: Fact, trait: string): boolean => traitsOf(fact).some(({ name }) => name === trait)

/** Whether something that named somebody became theirs only by a later fact. */
const isJoinedLater = ({ facts }: Person, trait: string, isBy: (by: Fact) => boolean): boolean =>
  facts.some(({ fact, by }) => fact !== by && !fact.tooLate && says(fact, trait) && !isVoid(fact) && isBy(by))

const isVoid = ({ noted }: Fact): boolean => noted?.click !== undefined
