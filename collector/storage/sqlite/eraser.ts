import type { Erased, ErasureOrder } from '../erasure-store.ts'
import { accountWriter, touchedAccounts } from './accounts.ts'
import type { Connection } from './connection.ts'
import { mentionsOf } from './mentions.ts'
import { SHOWN } from './shown.ts'

/** All generations of a site, named so that the keys that have them are searched and not read through. */
export const EVERY_GENERATION = '(SELECT generation FROM generations WHERE site = @site UNION SELECT 0)'

const among = (list: string): string => `(SELECT value FROM json_each(@${list}))`

const COUNT_SHOWN = `
  SELECT count(*) FROM persons WHERE site = @site AND generation = ${SHOWN} AND id IN ${among('persons')}`

const FACTS = `DELETE FROM events WHERE site = @site AND id IN ${among('facts')}`

const HANDOFFS = `DELETE FROM handoffs WHERE site = @site AND lead IN ${among('persons')}`

const CHANGES = `
  DELETE FROM changes INDEXED BY changes_by_person
  WHERE site = @site AND json_extract(body, '$.person') IN ${among('persons')}`

/** What is theirs or names them. */
const ASIDE_OF_THEM = `
  FROM quarantine WHERE site = @site AND (
    json_extract(came, '$.subject') IN ${among('wholly')}
    OR seq IN ${among('aside')})`

const QUARANTINE = `DELETE ${ASIDE_OF_THEM}`

/** Only what failed its check is here, so all bodies are read through. */
const ASIDE = 'SELECT seq, body FROM quarantine WHERE site = ?'

/** Their transitions go with them. */
const PERSONS = `
  DELETE FROM persons WHERE site = @site AND generation IN ${EVERY_GENERATION} AND id IN ${among('persons')}
  RETURNING generation, account`

/** What is not counted. */
const REST = [
  `INSERT OR IGNORE INTO erased_events (site, id, refused) SELECT @site, value, 0 FROM json_each(@facts)`,
  `INSERT OR IGNORE INTO erased_events (site, id, refused) SELECT @site, event_id, 0 ${ASIDE_OF_THEM} AND event_id IS NOT NULL`,
  `DELETE FROM spans WHERE site = @site AND subject IN ${among('wholly')}`,
  `DELETE FROM spans WHERE site = @site AND subject IN ${among('subjects')} AND starts_id IN ${among('facts')}`,
  `DELETE FROM spans WHERE site = @site AND subject IN ${among('persons')}`,
  `DELETE FROM spans INDEXED BY spans_by_person WHERE site = @site AND person IN ${among('persons')}`,
  `DELETE FROM spans INDEXED BY spans_by_identifier
    WHERE site = @site AND identifier IS NOT NULL AND identifier IN ${among('identifiers')}`,
  `DELETE FROM prepared_news WHERE site = @site AND subject IN ${among('subjects')}`,
]

/** Takes the rows of a person out of every table; for use inside a transaction. */
export function eraser(db: Connection): (order: ErasureOrder) => Omit<Erased, 'blotted'> {
  const shown = db.prepare<[object], number>(COUNT_SHOWN).pluck()
  const persons = db.prepare<[object], WithAccount>(PERSONS)
  const writeAccount = accountWriter(db)
  const everyAside = db.prepare<[string], AsideRow>(ASIDE)
  const rest = REST.map(sql => db.prepare(sql))
  const [facts, handoffs, changes, quarantine] = [FACTS, HANDOFFS, CHANGES, QUARANTINE].map(sql =>
    db.prepare(sql),
  )
  return order => {
    const aside = seqsNaming(everyAside.iterate(order.site), order.texts)
    const given = { ...order, ...listsOf({ ...order, aside }) }
    const countOf = (statement: typeof facts): number => statement?.run(given).changes ?? 0
    const people = shown.get(given) ?? 0
    const accounts = touchedAccounts()
    for (const { generation, account } of persons.all(given))
      accounts.touch({ site: order.site, generation }, [account])
    for (const key of accounts.all()) writeAccount(key)
    for (const statement of rest) statement.run(given)
    return {
      events: countOf(facts),
      persons: people,
      handoffs: countOf(handoffs),
      changes: countOf(changes),
      quarantined: countOf(quarantine),
    }
  }
}

interface WithAccount {
  readonly generation: number
  readonly account: string | null
}

interface AsideRow {
  readonly seq: number
  readonly body: string
}

function seqsNaming(rows: Iterable<AsideRow>, texts: readonly string[]): readonly number[] {
  const mentions = mentionsOf(texts)
  return [...rows].filter(({ body }) => mentions.areIn(body)).map(({ seq }) => seq)
}

/** Each list of an order as one JSON parameter. */
const listsOf = (order: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(order).flatMap(([name, value]) =>
      Array.isArray(value) ? [[name, JSON.stringify(value)]] : [],
    ),
  )
