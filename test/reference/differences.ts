import { explainScore } from '../../collector/advance/explain.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { advanceAll, idOf } from '../support/history.ts'
import { differing, near } from './compare.ts'
import { identityDiffering } from './differences-identity.ts'
import { engagementAt, flagsAt, type Part, rulesAt, scoreOf } from './engagement.ts'
import type { Known } from './known.ts'
import type { Life, Move } from './life.ts'
import { type Lived, livesIn } from './lives.ts'
import { type Person, peopleOf } from './people.ts'
import { type Episode, gatesAt } from './policy.ts'
import { EVER_MS } from './random-rules.ts'
import type { Story } from './random-streams.ts'
import { knownAt } from './steps.ts'

/** What product and reference say differently of a story; empty when they agree. */
export function differencesIn(story: Story): readonly string[] {
  const { persons } = advanceAll(story.facts, story)
  const expected = livesIn(story)
  const ids = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id).toSorted()
  return [
    ...differing('people', ids(expected.map(({ person }) => person)), ids(persons)),
    ...expected.flatMap(lived => {
      const got = persons.find(({ id }) => id === lived.person.id)
      return got ? differencesOf(lived, got, story).map(text => `${lived.person.identifier} ${text}`) : []
    }),
  ]
}

function differencesOf(
  { person, life }: Lived,
  got: PersonState,
  { versions, now }: Story,
): readonly string[] {
  const known = knownAt({ at: now, by: 'time' }, person, versions)
  const { engagement, fit, mql } = got
  const score = engagement.score * 2 ** ((engagement.asOf - now) / engagement.halfLifeMs)
  return [
    ...differing('moves', life.moves, movesOf(got)),
    ...differing('stage', life.stage, got.stage),
    ...differing('nextDueAt', life.nextDueAt, got.nextDueAt),
    ...differing(
      'episode',
      named(life.episode),
      named(mql && { ...mql, reasons: mql.reasons.map(({ rule }) => rule) }),
    ),
    ...near('engagement at entry', life.episode?.engagementScore ?? 0, mql?.engagementScore ?? 0),
    ...near('fit at entry', life.episode?.fitScore ?? 0, mql?.fitScore ?? 0),
    ...differing('model', known.version.version, got.model),
    ...gatesOf(known, got, now),
    ...differing('needs', known.needs.toSorted(), got.needs.toSorted()),
    ...differing('lists', known.lists.toSorted(), got.lists.toSorted()),
    ...differing('matched', known.fit.matched, fit.matched),
    ...differing('mismatched', known.fit.mismatched, fit.mismatched),
    ...differing('unknown', known.fit.unknown, fit.unknown),
    ...differing('grade', known.fit.grade, fit.grade),
    ...near('fit', known.fit.score, fit.score),
    ...near('engagement', scoreOf(engagementAt(known, now)), score),
    ...standing(known, life, got, now),
    ...identityDiffering(person, known, got),
  ]
}

/** What of an episode has a name or an instant. */
const named = (episode: Episode | null) =>
  episode && [episode.since, episode.by, episode.fitGrade, episode.reasons]

/** Rules and flags that still hold; the product says until when, as of its last fold. */
function standing(
  known: Known,
  { recycled }: Life,
  { holds, flags }: PersonState,
  now: number,
): readonly string[] {
  return [
    ...differing('holds', rulesAt(known, now, recycled).toSorted(), stillIn(holds, now)),
    ...differing('flags', flagsAt(known, now, recycled).toSorted(), stillIn(flags, now)),
  ]
}

const stillIn = (until: Readonly<Record<string, number | null>>, now: number): readonly string[] =>
  Object.keys(until)
    .filter(name => (until[name] ?? now) >= now)
    .toSorted()

/** Gates that are closed, each to the very millisecond that the product names; null is for ever. */
function gatesOf(known: Known, { gates }: PersonState, now: number): readonly string[] {
  const closed = gatesAt(known, now)
  const ends = closed.map(gate => {
    const until = gates[gate] ?? null
    const isClosed = (at: number) => gatesAt(known, at).includes(gate)
    return until === null ? isClosed(now + EVER_MS) : isClosed(until) && !isClosed(until + 1)
  })
  return [
    ...differing('gates', closed.toSorted(), stillIn(gates, now)),
    ...differing(
      'ends of gates',
      closed.map(() => true),
      ends,
    ),
  ]
}

const movesOf = ({ transitions }: PersonState): readonly Move[] =>
  transitions.map(({ from, to, at, model, cause, reason }) => ({
    from,
    to,
    at,
    model,
    cause,
    why: whyOf(reason),
  }))

/** `contact_data`, `fast_track:demo`, `gate:competitor` … */
const whyOf = (reason: string): string => reason.replace('contact_data', 'contact').replace(/:.*/, '')

/** What product and reference say differently of why everybody's score is what it is at an instant, by what was known then. */
export function unexplained({ facts, versions }: Story, at: number): readonly string[] {
  const known = facts.filter(({ occurredAt }) => occurredAt <= at)
  return peopleOf(known, idOf).flatMap(person => unexplainedOf(person, { facts, versions, now: at }))
}

function unexplainedOf(person: Person, { facts, versions, now: at }: Story): readonly string[] {
  const explained = explainScore({ site: 'site', facts, versions, idOf, person: person.id, at })
  const known = knownAt({ at, by: 'time' }, person, versions)
  const parts = engagementAt(known, at)
  const { reasons, score } = explained?.engagement ?? { reasons: [], score: Number.NaN }
  const kept = ({ rule, points, count, events }: Omit<Part, 'earned' | 'capped' | 'decayed'>) => [
    rule,
    points,
    count,
    events,
  ]
  return [
    ...differing('version', known.version.version, explained?.model.version),
    ...differing('reasons', parts.map(kept), reasons.map(kept)),
    ...parts.flatMap((part, i) => [
      ...near(`earned by ${part.rule}`, part.earned, reasons[i]?.earned),
      ...near(`capped of ${part.rule}`, part.capped, reasons[i]?.capped),
      ...near(`decayed ${part.rule}`, part.decayed, reasons[i]?.decayed),
    ]),
    ...near('score', scoreOf(parts), score),
    ...differing(
      'sum of the reasons',
      score,
      reasons.reduce((sum, { decayed }) => sum + decayed, 0),
    ),
    ...near('fit', known.fit.score, explained?.fit.score),
    ...differing(
      'fit reasons',
      known.fit.matched,
      explained?.fit.reasons.map(({ rule }) => rule),
    ),
  ]
}
