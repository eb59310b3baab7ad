import { FIT_GRADES, type FitGrade } from '../../../shared/grades.ts'
import type { Fact } from '../../contracts/facts.ts'
import type { Forgettable, Forgotten, RetentionStore, Unseen, UnseenQuery } from '../retention-store.ts'
import { accountWriter, touchedAccounts } from './accounts.ts'
import { type Connection, method } from './connection.ts'
import { type EventRow, factOf } from './event-rows.ts'
import { upTo } from './limit.ts'
import { SHOWN } from './shown.ts'

const IDENTIFIERS = `
  SELECT DISTINCT identifier FROM spans INDEXED BY spans_by_identifier
  WHERE site = ? AND identifier IS NOT NULL AND identifier > ? ORDER BY identifier ${upTo('?')}`

const SAYINGS = `
  SELECT * FROM events INDEXED BY events_by_type
  WHERE site = ? AND type IN ('form_submit', 'identify', 'group', 'email_click')`

/** Who is a customer is kept: not for what they looked at (docs/retention.md). */
const STAGES = {
  anonymous: ['anonymous'],
  leads: ['lead', 'mql', 'sal', 'sales_qualified', 'nurturing', 'disqualified'],
} as const satisfies Record<UnseenQuery['who'], readonly string[]>

const unseenOf = (grade: FitGrade): string => `
  SELECT persons.id AS person, stage, last_seen_at AS lastSeenAt, (
    SELECT min(subject) FROM spans
    WHERE spans.site = @site AND spans.person = persons.id AND spans.generation = persons.generation
  ) AS subject
  FROM persons INDEXED BY persons_by_last_seen
  WHERE site = @site AND generation = ${SHOWN} AND stage = @stage AND fit_grade = '${grade}'
    AND last_seen_at < @before AND (last_seen_at, persons.id) > (@lastSeenAt, @person)`

const UNSEEN = `${FIT_GRADES.map(unseenOf).join(' UNION ALL ')} ORDER BY lastSeenAt, person ${upTo('@limit')}`

const among = (list: string): string => `(SELECT value FROM json_each(@${list}))`
const EVERY_GENERATION = '(SELECT generation FROM generations WHERE site = @site UNION SELECT 0)'

/** Something came, or waits to be computed: the component is not what it was. */
const CHANGED = `
  SELECT 1 FROM json_each(@subjects) AS reached CROSS JOIN events
  ON events.site = @site AND events.subject = reached.value
  WHERE events.id NOT IN ${among('facts')}
  UNION ALL
  SELECT 1 FROM json_each(@subjects) AS reached CROSS JOIN dirty
  ON dirty.site = @site AND dirty.subject = reached.value LIMIT 1`

const PERSONS = `
  DELETE FROM persons WHERE site = @site AND generation IN ${EVERY_GENERATION} AND id IN ${among('persons')}
  RETURNING generation, account`

const REST = [
  `DELETE FROM spans WHERE site = @site AND subject IN ${among('subjects')}`,
  `DELETE FROM prepared_news WHERE site = @site AND subject IN ${among('subjects')}`,
  `DELETE FROM changes INDEXED BY changes_by_person
    WHERE site = @site AND json_extract(body, '$.person') IN ${among('persons')}`,
]

const SWEEP = `
  DELETE FROM quarantine WHERE seq IN (
    SELECT seq FROM quarantine WHERE site = ? AND received_at < ? ORDER BY seq ${upTo('?')})`

interface WithAccount {
  readonly generation: number
  readonly account: string | null
}

/** What is too old goes (retention-store.ts). */
export function retentionStore(db: Connection): RetentionStore {
  const identifiers = db.prepare<[string, string, number], string>(IDENTIFIERS).pluck()
  const sayings = db.prepare<[string], EventRow>(SAYINGS)
  const unseen = db.prepare<[object], Unseen>(UNSEEN)
  const sweep = db.prepare(SWEEP)
  const forgetOne = forgetter(db)
  const forget = db.transaction(
    (components: readonly Forgettable[]): Forgotten => components.map(forgetOne).reduce(sumOf, NOTHING),
  )
  return {
    identifiers: method((site, after, limit) => identifiers.all(site, after, limit)),
    sayings: method((site): readonly Fact[] => sayings.all(site).map(factOf)),
    longUnseen: method(query => firstUnseen(query, given => unseen.all(given))),
    forget: method(components => forget.immediate(components)),
    sweepQuarantine: method((site, before, limit) => sweep.run(site, before, limit).changes),
  }
}

/** Stage by stage, each in the order of its grades' indexes, merged: together a walk that can be gone on with. */
function firstUnseen(
  { site, who, before, after, limit }: UnseenQuery,
  page: (given: object) => readonly Unseen[],
): readonly Unseen[] {
  const stages: readonly string[] = STAGES[who]
  const found: Unseen[] = []
  for (const stage of stages.slice(after ? stages.indexOf(after.stage) : 0)) {
    const from = after?.stage === stage ? after : { lastSeenAt: Number.NEGATIVE_INFINITY, person: '' }
    const { lastSeenAt, person } = from
    found.push(...page({ site, before, stage, lastSeenAt, person, limit: limit - found.length }))
    if (found.length === limit) break
  }
  return found
}

function forgetter(db: Connection): (component: Forgettable) => Forgotten {
  const changed = db.prepare<[object], number>(CHANGED)
  const shown = db
    .prepare<[object], number>(
      `SELECT count(*) FROM persons WHERE site = @site AND generation = ${SHOWN} AND id IN ${among('persons')}`,
    )
    .pluck()
  const persons = db.prepare<[object], WithAccount>(PERSONS)
  const events = db.prepare(`DELETE FROM events WHERE site = @site AND id IN ${among('facts')}`)
  const handoffs = db.prepare(`DELETE FROM handoffs WHERE site = @site AND lead IN ${among('persons')}`)
  const rest = REST.map(sql => db.prepare(sql))
  const writeAccount = accountWriter(db)
  return ({ site, ...lists }) => {
    const [subjects, facts, ids] = [lists.subjects, lists.facts, lists.persons].map(list =>
      JSON.stringify(list),
    )
    const given = { site, subjects, facts, persons: ids }
    if (changed.get({ site, subjects, facts })) return NOTHING
    const people = shown.get({ site, persons: ids }) ?? 0
    const accounts = touchedAccounts()
    for (const { generation, account } of persons.all({ site, persons: ids }))
      accounts.touch({ site, generation }, [account])
    for (const key of accounts.all()) writeAccount(key)
    for (const statement of rest) statement.run(given)
    return {
      components: 1,
      events: events.run(given).changes,
      persons: people,
      handoffs: handoffs.run(given).changes,
    }
  }
}

const NOTHING: Forgotten = { components: 0, events: 0, persons: 0, handoffs: 0 }

const sumOf = (a: Forgotten, b: Forgotten): Forgotten => ({
  components: a.components + b.components,
  events: a.events + b.events,
  persons: a.persons + b.persons,
  handoffs: a.handoffs + b.handoffs,
})
