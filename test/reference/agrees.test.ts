import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { eventId } from '../support/facts.ts'
import { advanceAll } from '../support/history.ts'
import { differencesIn, unexplained } from './differences.ts'
import { type Lived, livesIn } from './lives.ts'
import { mayLeaveFrom, staysMql } from './policy.ts'
import { randomStory, type Story } from './random-streams.ts'
import { kindsIn } from './seen.ts'
import { knownAt } from './steps.ts'

/** How many random stories. Raise them, and change the seed, to look for more: a thousand take some ten seconds. */
const RUNS = { agree: 600, explain: 100, fall: 100 }
/** One seed, so that what must have been seen is seen in every run. */
const SEED = 3
/** An id after all that random facts have. */
const LAST = 20_000
const TIMEOUT_MS = 120_000

/** What must happen somewhere, for the comparison to be worth its time. */
const KINDS = [
  'anonymous → lead: contact, event',
  'anonymous → lead: contact, import',
  'lead → mql: when, event',
  'lead → mql: when, import',
  'lead → mql: when, publish',
  'lead → mql: fast_track, event',
  'nurturing → mql: when, event',
  'nurturing → mql: fast_track, event',
  'mql → lead: cooled, due',
  'mql → lead: cooled, event',
  'mql → lead: cooled, publish',
  'mql → lead: gate, event',
  'mql → lead: decision',
  'mql → sal: decision',
  'mql → nurturing: decision',
  'mql → disqualified: decision',
  'sal → nurturing: decision',
  'fell as the score faded',
  'fell as the score rose',
  'fell as a rule ended',
  'fell as a flag ended',
  'cooled and qualified again',
  'on the fast track twice',
  'a gate closed and opened',
  'recycled, qualified again and cooled',
  'and once more',
  'history was joined',
  'will fall',
  'a gate will open',
  'leads were merged',
  'a merge was undone',
  'a device waits',
  'a device was confirmed',
  'a device was merged',
  'a number got an address',
  'two names are one',
  'one browser was many people',
  'a page contradicted',
  'tried with the test key',
  'a mail was scanned',
  'pages were opened in a spree',
  'a program was said to be human',
  'a browser was said to be a program',
  'a browser was ours since',
]

const onStories = (numRuns: number, check: (story: Story, share: number) => void) =>
  fc.assert(fc.property(randomStory, fc.double({ min: 0, max: 1, noNaN: true }), check), {
    numRuns,
    seed: SEED,
  })

describe('the reference, written from the notes alone', { timeout: TIMEOUT_MS }, () => {
  it('agrees with advance() about everybody: moves to the millisecond, scores, rules, flags, gates', () => {
    const seen = new Set<string>()
    onStories(RUNS.agree, story => {
      expect(differencesIn(story)).toEqual([])
      for (const kind of kindsIn(story)) seen.add(kind)
    })
    expect(KINDS.filter(kind => !seen.has(kind))).toEqual([])
  })

  it('agrees with explainScore() about any instant under any version; the reasons sum to the score', () => {
    onStories(RUNS.explain, (story, share) => {
      const since = story.facts[0]?.occurredAt ?? 0
      const at = Math.floor(since + share * (story.now - since))
      const alone = story.versions.map(version => ({ ...story, versions: [version] }))
      expect([story, ...alone].flatMap(one => unexplained(one, at))).toEqual([])
    })
  })

  it('sees what is due flip at that very millisecond, and the product move then and not before', () => {
    onStories(RUNS.fall, (story, share) => {
      for (const lived of livesIn(story).filter(({ life }) => life.nextDueAt !== null))
        expectFall(lived, story, share)
    })
  })

  it('nobody is promoted but by an event, a publish or a decision of that instant', () => {
    onStories(RUNS.fall, story => {
      const published = story.versions.map(({ publishedAt }) => publishedAt)
      const occasions = new Set([...published, ...story.facts.map(({ occurredAt }) => occurredAt)])
      const { persons } = advanceAll(story.facts, { ...story, now: story.now + 100 * DAY_MS })
      const moves = persons.flatMap(({ transitions }) => transitions)
      expect(moves.filter(({ to, at }) => to !== 'lead' && !occasions.has(at))).toEqual([])
      expect(moves.filter(({ to, cause }) => to === 'mql' && cause === 'due')).toEqual([])
    })
  })
})

function expectFall({ person, life }: Lived, story: Story, share: number): void {
  const { now, facts } = story
  const versions = story.versions.filter(({ publishedAt }) => publishedAt <= now)
  const due = life.nextDueAt ?? 0
  const known = knownAt({ at: now, by: 'time' }, person, versions)
  const staysAt = (at: number) => staysMql(known, life.episode?.by ?? 'when', at, life.recycled)
  const earliest = Math.max(now, life.episode ? mayLeaveFrom(life.episode, known) : 0)
  const between = Math.floor(earliest + share * (due - earliest))
  expect(staysAt(due)).toBe(false)
  expect([between, due - 1].filter(at => earliest <= at && at < due && !staysAt(at))).toEqual([])

  const atInstant = (at: number) =>
    advanceAll(facts, { versions, now: at }).persons.find(({ id }) => id === person.id)
  expect(atInstant(Math.max(now, due - 1))).toMatchObject({ stage: 'mql', nextDueAt: due })
  expect(atInstant(due)).toMatchObject({ stage: 'lead', nextDueAt: null })
  expect(atInstant(due)?.transitions.at(-1)).toMatchObject({ from: 'mql', to: 'lead', at: due, cause: 'due' })

  // An event of that very millisecond comes first: time moves people between events.
  const own = person.facts.map(({ fact }) => fact).filter(({ visitor }) => visitor !== null)
  const more = own.slice(-1).map(last => ({ ...last, id: eventId(LAST), type: 'consent', occurredAt: due }))
  expect(differencesIn({ facts: [...facts, ...more], versions, now: due })).toEqual([])
}
