import { isDeepStrictEqual } from 'node:util'
import type { PersonState, Span, StageTransition } from '../../contracts/state.ts'
import type { Derived, Difference, StateStore } from '../store.ts'
import { accountAudit } from './accounts.ts'
import { type Connection, method, present } from './connection.ts'
import { jsonIn } from './json-column.ts'
import { personValues } from './rows.ts'
import { SHOWN } from './shown.ts'

const PERSON = `
  SELECT id, stage, identifier, fit_score, fit_grade, engagement_rank, last_seen_at, mql_since, next_due_at, search_text,
    state, account, account_member
  FROM persons WHERE site = @site AND generation = ${SHOWN} AND id = @id`

const TRANSITIONS = `
  SELECT from_stage AS "from", to_stage AS "to", at, actor, reason, model, cause
  FROM transitions WHERE site = @site AND generation = ${SHOWN} AND person = @id ORDER BY ordinal`

const SPANS = `
  SELECT spans.subject, starts_at AS startsAt, starts_id AS startsId, person, identifier
  FROM json_each(@subjects) AS asked CROSS JOIN spans
  ON spans.site = @site AND spans.generation = ${SHOWN} AND spans.subject = asked.value
  ORDER BY spans.subject, starts_at, starts_id`

const GENERATION = `SELECT ${SHOWN}`

/** What the rows say against what they should: every column that a question is answered from. */
export function driftStore(db: Connection): Pick<StateStore, 'drift'> {
  const person = db.prepare<[object], Row>(PERSON)
  const transitions = db.prepare<[object], StageTransition>(TRANSITIONS)
  const spans = db.prepare<[object], Span>(SPANS)
  const generation = db.prepare<[object], number>(GENERATION).pluck()
  const asMade = accountAudit(db)

  const driftOf = (state: PersonState): readonly string[] => {
    const row = person.get({ site: state.site, id: state.id })
    if (!row) return ['missing']
    const columns = differing(row, personValues(state))
    const moves = transitions.all({ site: state.site, id: state.id })
    const moved = isDeepStrictEqual(moves, [...state.transitions]) ? [] : ['transitions']
    return [...new Set([...columns, ...moved, ...accountDrift(state)])]
  }

  const accountDrift = ({ site, account }: PersonState): readonly string[] =>
    account === null || asMade({ site, id: account.id, generation: present(generation.get({ site })) })
      ? []
      : ['roll-up of the account']

  const read = db.transaction(
    ({ site, persons, subjects, spans: wanted }: Derived): readonly Difference[] => {
      const drifted = persons
        .map(state => ({ person: state.id, parts: driftOf(state) }))
        .filter(({ parts }) => parts.length > 0)
      const stored = spans.all({ site, subjects: JSON.stringify(subjects) })
      const same = isDeepStrictEqual(stored, [...wanted].sort(bySpan))
      return same ? drifted : [...drifted, { person: persons[0]?.id ?? '', parts: ['spans'] }]
    },
  )
  return { drift: method(derived => read(derived)) }
}

type Row = ReturnType<typeof personValues>

/** Names of the columns that differ; of the state, the parts of it. */
function differing(row: Row, wanted: Row): readonly string[] {
  const stored = new Map<string, unknown>(Object.entries(row))
  const columns = Object.entries(wanted).filter(
    ([name, value]) => name !== 'state' && stored.get(name) !== value,
  )
  const parts = row.state === wanted.state ? [] : partsOf(row.state, wanted.state)
  return [...columns.map(([name]) => name), ...parts]
}

function partsOf(stored: string, wanted: string): readonly string[] {
  const [before, after] = [stored, wanted].map(
    text => new Map(Object.entries(jsonIn('persons.state', text) as object)),
  )
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  const parts = [...names].filter(
    name => JSON.stringify(before?.get(name)) !== JSON.stringify(after?.get(name)),
  )
  return parts.length > 0 ? parts : ['state']
}

const bySpan = (a: Span, b: Span): number =>
  compare(a.subject, b.subject) || a.startsAt - b.startsAt || compare(a.startsId, b.startsId)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
