import { type Fact, isImport, mayNameSomebody } from '../../contracts/facts.ts'
import type { DirtyMark, StateStore, SubjectRef } from '../store.ts'
import { type Connection, method, present } from './connection.ts'
import { upTo } from './limit.ts'
import { PREPARED, SHOWN, shownOf } from './shown.ts'

/** Writes of dirty marks, for use inside another room's transaction. */
export interface DirtyMarks {
  /** Marks the subjects of new facts. */
  renew(facts: readonly Fact[]): void
  /** Marks subjects for computing in the generation that is being prepared, if there is one. */
  renewPrepared(site: string, subjects: readonly string[]): void
  /** Marks subjects for computing from their first fact on, in every generation that may be written. */
  anew(site: string, subjects: readonly string[]): void
  /** Deletes the marks that were not renewed since they were taken. */
  clear(marks: readonly DirtyMark[]): void
}

const NEXT_MARK = 'UPDATE meta SET last_mark = last_mark + 1 RETURNING last_mark'

/** Priorities in their order are in that of the alphabet, too. Who comes before pulls a subject forward; otherwise it keeps its place. */
const RENEW = `
  ON CONFLICT (site, subject, generation) DO UPDATE SET
    earliest = min(earliest, excluded.earliest),
    live_earliest = coalesce(min(live_earliest, excluded.live_earliest), live_earliest, excluded.live_earliest),
    failures = 0,
    waiting_since = iif(excluded.priority < priority, excluded.waiting_since, waiting_since),
    priority = min(priority, excluded.priority),
    mark = excluded.mark`

/** Somebody was named on the timeline before. */
const KNOWN = `
  SELECT 1 FROM spans WHERE site = @site AND subject = @subject AND generation = @generation AND identifier IS NOT NULL`

const MARK = `
  INSERT INTO dirty (site, subject, generation, earliest, live_earliest, priority, mark, waiting_since)
  VALUES (@site, @subject, @generation, @earliest, @liveEarliest, iif(@priority = 'live' AND EXISTS (${KNOWN}), 'lead', @priority),
    @mark, @mark) ${RENEW}`

/** Of a DirtyMark. */
export const MARK_COLUMNS =
  'dirty.site, dirty.subject, dirty.generation, earliest, live_earliest AS liveEarliest, priority, mark'

const TAKE = `SELECT ${MARK_COLUMNS} FROM dirty ORDER BY priority, waiting_since ${upTo('?')}`

const TAKE_OF = `
  SELECT ${MARK_COLUMNS} FROM dirty INDEXED BY dirty_by_generation
  WHERE site = @site AND generation = @generation ORDER BY waiting_since ${upTo('@limit')}`

/** Behind everybody. A lead that was due gets a mark by it, to be computed from its first fact on. */
const POSTPONE = `
  INSERT INTO dirty (site, subject, generation, earliest, live_earliest, priority, mark, waiting_since, failures)
  VALUES (@site, @subject, @generation, 0, NULL, 'rescore', @last, @last, 1)
  ON CONFLICT (site, subject, generation) DO UPDATE SET
    failures = failures + 1, priority = 'rescore', waiting_since = excluded.waiting_since`

/** A person without a span cannot be loaded by a subject: asking for it would never end. One that failed waits with its mark. */
const DUE = `
  SELECT site, generation, subject FROM (
    SELECT site, generation, next_due_at, (
      SELECT min(subject) FROM spans
      WHERE spans.site = persons.site AND spans.person = persons.id AND spans.generation = persons.generation
    ) AS subject
    FROM persons WHERE next_due_at <= ? AND generation = ${shownOf('persons.site')}
  ) AS due
  WHERE subject IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM dirty WHERE dirty.site = due.site AND dirty.subject = due.subject
    AND dirty.generation = due.generation AND failures > 0
  )
  ORDER BY next_due_at ${upTo('?')}`

export function dirtyMarks(db: Connection): DirtyMarks {
  const nextMark = db.prepare<[], number>(NEXT_MARK).pluck()
  const mark = db.prepare(MARK)
  const shown = db.prepare<[object], number>(`SELECT ${SHOWN}`).pluck()
  const prepared = db.prepare<[object], number>(PREPARED).pluck()
  const clear = db.prepare(
    'DELETE FROM dirty WHERE site = @site AND subject = @subject AND generation = @generation AND mark = @mark',
  )
  const renewAll = (site: string, news: Iterable<News>): void => {
    const renewed = { site, mark: present(nextMark.get()) }
    const [inShown, inPrepared] = [present(shown.get({ site })), prepared.get({ site })]
    for (const one of news) {
      mark.run({ ...one, ...renewed, generation: inShown })
      // the generation that is being prepared has to hear of new facts too
      if (inPrepared !== undefined)
        mark.run({ ...one, ...renewed, generation: inPrepared, priority: 'rescore' })
    }
  }
  return {
    renew: facts => {
      for (const [site, ofSite] of bySite(facts)) renewAll(site, newsOfEach(ofSite))
    },
    renewPrepared: (site, subjects) => {
      const generation = prepared.get({ site })
      if (generation === undefined || subjects.length === 0) return
      const renewed = { site, generation, mark: present(nextMark.get()) }
      for (const subject of subjects) mark.run({ ...fromTheFirst(subject), ...renewed })
    },
    anew: (site, subjects) => {
      if (subjects.length > 0) renewAll(site, subjects.map(fromTheFirst))
    },
    clear: marks => {
      for (const mark of marks) clear.run(mark)
    },
  }
}

type News = Pick<DirtyMark, 'subject' | 'earliest' | 'liveEarliest' | 'priority'>

/** As somebody who is computed from their first fact on. */
const fromTheFirst = (subject: string): News => ({
  subject,
  earliest: 0,
  liveEarliest: null,
  priority: 'rescore',
})

function bySite(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const sites = new Map<string, Fact[]>()
  for (const fact of facts) {
    const ofSite = sites.get(fact.site)
    if (ofSite) ofSite.push(fact)
    else sites.set(fact.site, [fact])
  }
  return sites
}

/** One mark per subject: the earliest time, and live as soon as one of the facts is. */
function newsOfEach(facts: readonly Fact[]): Iterable<News> {
  const news = new Map<string, News>()
  for (const fact of facts) {
    const { subject, occurredAt } = fact
    const known = news.get(subject)
    const earliest = Math.min(occurredAt, known?.earliest ?? occurredAt)
    const live = isImport(fact) ? null : occurredAt
    const liveEarliest = earlier(live, known?.liveEarliest ?? null)
    const isLead = known?.priority === 'lead' || (live !== null && mayNameSomebody(fact))
    const priority = liveEarliest === null ? 'rescore' : isLead ? 'lead' : 'live'
    news.set(subject, { subject, earliest, liveEarliest, priority })
  }
  return news.values()
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

/** What waits for the qualifier. */
export function dirtyStore(db: Connection): Pick<StateStore, 'dirty' | 'due' | 'postpone'> {
  const postpone = db.prepare(POSTPONE)
  const takeOf = db.prepare<[object], DirtyMark>(TAKE_OF)
  const nextMark = db.prepare<[], number>(NEXT_MARK).pluck()
  const take = db.prepare<[number], DirtyMark>(TAKE)
  const due = db.prepare<[number, number], SubjectRef>(DUE)
  return {
    dirty: method((limit, only) => (only ? takeOf.all({ ...only, limit }) : take.all(limit))),
    due: method((nowMs, limit) => due.all(nowMs, limit)),
    postpone: method(({ site, subject, generation }) => {
      postpone.run({ site, subject, generation, last: present(nextMark.get()) })
    }),
  }
}
