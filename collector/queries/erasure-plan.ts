import { byOccurrence, type Fact } from '../contracts/facts.ts'
import type { Span } from '../contracts/state.ts'
import type { IdOf } from '../identity/resolve.ts'
import type { ErasureOrder } from '../storage/erasure-store.ts'
import { identifiersOf, timelineName, tombstoneHash } from './erased-names.ts'

/** Everything that is connected to a person, resolved. */
export interface Surroundings {
  readonly site: string
  /** timelines of the component */
  readonly subjects: readonly string[]
  /** all facts on them */
  readonly facts: readonly Fact[]
  readonly spans: readonly Span[]
  /** facts in which their address stands, wherever */
  readonly naming: readonly Fact[]
  /** ids of the people that the facts give */
  readonly persons: readonly string[]
  /** ids of the anonymous people and the unconfirmed devices that are stored of them */
  readonly unnamed: readonly string[]
  readonly idOf: IdOf
}

/** Whom to erase: by identifiers, by ids of people, or both. */
export interface Whom {
  readonly identifiers: readonly string[]
  readonly ids: readonly string[]
}

/**
 * What has to go so that it is as if the person had never been: the stretches of timelines that are theirs, with the
 * anonymous past that came to them; people's words on them; and whatever says their name, wherever it was said. Pure.
 * @param now epoch ms
 */
export function planErasure(around: Surroundings, whom: Whom, now: number): ErasureOrder {
  const { site, subjects, facts, spans, idOf } = around
  const theirs = everythingOf(spans, whom, idOf)
  const isTheirs = owns(theirs, spansBySubject(spans))
  const gone = facts.filter(isTheirs)
  const left = new Set(facts.filter(fact => !isTheirs(fact)).map(({ subject }) => subject))
  const wholly = [...new Set(gone.map(({ subject }) => subject))].filter(subject => !left.has(subject))
  const names = [...theirs.identifiers, ...gone.flatMap(identifiersOf), ...wholly.map(timelineName)]
  const goes = new Set(gone.map(({ id }) => id))
  const hash = tombstoneHash(idOf)
  const anonymousId = (subject: string): string => idOf(timelineName(subject))
  return {
    site,
    erasedAt: gone.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), now),
    facts: [...goes],
    known: facts.map(({ id }) => id),
    subjects,
    wholly,
    persons: [...theirs.ids, ...wholly.map(anonymousId), ...formerIds(around)],
    identifiers: [...theirs.identifiers],
    texts: textsOf(theirs.identifiers),
    mentions: around.naming.map(({ id }) => id).filter(id => !goes.has(id)),
    tombstones: [...new Set(names)].map(hash),
  }
}

interface Theirs {
  readonly identifiers: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

const IDENTIFIER = /^(?:test:)?(?:email|phone|user):/

/** All names and ids of a person: merges and the customer's server may have given them several. */
function everythingOf(spans: readonly Span[], whom: Whom, idOf: IdOf): Theirs {
  const identifiers = new Set(whom.identifiers)
  const ids = new Set([...whom.ids, ...whom.identifiers.map(idOf)])
  const isOf = ({ subject, person, identifier }: Span): boolean =>
    ids.has(person) || ids.has(subject) || (identifier !== null && identifiers.has(identifier))
  for (let before = -1; before !== identifiers.size + ids.size; ) {
    before = identifiers.size + ids.size
    for (const { subject, person, identifier } of spans.filter(isOf)) {
      ids.add(person)
      if (identifier !== null && IDENTIFIER.test(identifier)) identifiers.add(identifier)
      // it only ties ids of leads together (identity/merges.ts)
      else if (identifier !== null) ids.add(subject)
    }
  }
  return { identifiers, ids }
}

function owns({ ids, identifiers }: Theirs, timelines: ReadonlyMap<string, readonly Span[]>) {
  return (fact: Fact): boolean => {
    if (ids.has(fact.subject) || (typeof fact.props.lead === 'string' && ids.has(fact.props.lead)))
      return true
    const names = identifiersOf(fact)
    if (names.some(name => identifiers.has(name))) return true
    const owner = timelines
      .get(fact.subject)
      ?.findLast(
        ({ startsAt, startsId }) => byOccurrence({ ...fact, occurredAt: startsAt, id: startsId }, fact) <= 0,
      )
    return owner !== undefined && ids.has(owner.person)
  }
}

function spansBySubject(spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const timelines = new Map<string, Span[]>()
  const ordered = [...spans].sort((a, b) => a.startsAt - b.startsAt || (a.startsId < b.startsId ? -1 : 1))
  for (const span of ordered) {
    const timeline = timelines.get(span.subject)
    if (timeline) timeline.push(span)
    else timelines.set(span.subject, [span])
  }
  return timelines
}

/** Who somebody was while nobody knew them: such rows may be stored still when the claim or its proof is not qualified yet. */
function formerIds({ subjects, persons, unnamed, idOf }: Surroundings): readonly string[] {
  const there = new Set(persons)
  return [...subjects.map(subject => idOf(timelineName(subject))), ...unnamed].filter(id => !there.has(id))
}

/** Addresses and numbers; the customer's own id of a user may be any word. */
export const textsOf = (identifiers: Iterable<string>): readonly string[] => [
  ...new Set(
    [...identifiers].flatMap(
      name => /^(?:test:)?(?:email|phone):(.+)$/s.exec(name)?.[1]?.toLowerCase() ?? [],
    ),
  ),
]
