import { type Fact, isImport } from '../../contracts/facts.ts'
import type { DirtyMark, StateStore, SubjectRef } from '../store.ts'
import { type Connection, method, present } from './connection.ts'

/** Writes of dirty marks, for use inside another room's transaction. */
export interface DirtyMarks {
  /** Marks the subjects of new facts. */
  renew(facts: readonly Fact[]): void
  /** Marks every subject of a site for rescoring. */
  renewAll(site: string): void
  /** Deletes the marks that were not renewed since they were taken. */
  clear(marks: readonly DirtyMark[]): void
}

const NEXT_MARK = 'UPDATE meta SET last_mark = last_mark + 1 RETURNING last_mark'

/** Live traffic pulls a subject forward; otherwise it keeps its place. */
const MARK = `
  INSERT INTO dirty (site, subject, earliest, priority, mark, waiting_since)
  VALUES (@site, @subject, @earliest, @priority, @mark, @mark)
  ON CONFLICT (site, subject) DO UPDATE SET
    earliest = min(earliest, excluded.earliest),
    waiting_since = iif(excluded.priority < priority, excluded.waiting_since, waiting_since),
    priority = min(priority, excluded.priority),
    mark = excluded.mark`

/** Hops from subject to subject along events_by_subject instead of reading every event. */
const MARK_ALL = `
  WITH RECURSIVE every (subject) AS (
    SELECT min(subject) FROM events WHERE site = @site
    UNION ALL
    SELECT (SELECT min(subject) FROM events WHERE site = @site AND subject > every.subject)
    FROM every WHERE every.subject IS NOT NULL
  )
  INSERT INTO dirty (site, subject, earliest, priority, mark, waiting_since)
  SELECT @site, subject, (SELECT min(occurred_at) FROM events WHERE site = @site AND subject = every.subject),
    'rescore', @mark, @mark
  FROM every WHERE subject IS NOT NULL
  ON CONFLICT (site, subject) DO UPDATE SET
    earliest = min(earliest, excluded.earliest),
    mark = excluded.mark`

const TAKE = `
  SELECT site, subject, earliest, priority, mark FROM dirty ORDER BY priority, waiting_since LIMIT ?`

/** A person without a span cannot be loaded by a subject: asking for it would never end. */
const DUE = `
  SELECT site, (SELECT min(subject) FROM spans WHERE spans.site = persons.site AND spans.person = persons.id) AS subject
  FROM persons WHERE next_due_at <= ? AND subject IS NOT NULL ORDER BY next_due_at LIMIT ?`

export function dirtyMarks(db: Connection): DirtyMarks {
  const nextMark = db.prepare<[], number>(NEXT_MARK).pluck()
  const markOne = db.prepare(MARK)
  const markAll = db.prepare(MARK_ALL)
  const clear = db.prepare('DELETE FROM dirty WHERE site = ? AND subject = ? AND mark = ?')
  return {
    renew: facts => {
      if (facts.length === 0) return
      const mark = present(nextMark.get())
      for (const news of newsOfEach(facts)) markOne.run({ ...news, mark })
    },
    renewAll: site => {
      markAll.run({ site, mark: present(nextMark.get()) })
    },
    clear: marks => {
      for (const { site, subject, mark } of marks) clear.run(site, subject, mark)
    },
  }
}

type News = Pick<DirtyMark, 'site' | 'subject' | 'earliest' | 'priority'>

/** One mark per subject: the earliest time, and live as soon as one of the facts is. */
function newsOfEach(facts: readonly Fact[]): Iterable<News> {
  const news = new Map<string, News>()
  for (const fact of facts) {
    const { site, subject, occurredAt } = fact
    const key = JSON.stringify([site, subject])
    const known = news.get(key)
    const isLater = isImport(fact) && known?.priority !== 'live'
    const earliest = Math.min(occurredAt, known?.earliest ?? occurredAt)
    news.set(key, { site, subject, earliest, priority: isLater ? 'rescore' : 'live' })
  }
  return news.values()
}

/** What waits for the qualifier. */
export function dirtyStore(db: Connection): Pick<StateStore, 'dirty' | 'due'> {
  const take = db.prepare<[number], DirtyMark>(TAKE)
  const due = db.prepare<[number, number], SubjectRef>(DUE)
  return {
    dirty: method(limit => take.all(limit)),
    due: method((nowMs, limit) => due.all(nowMs, limit)),
  }
}
