import type { Decision, StateStore } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { personValues } from './rows.ts'

const SAVE_PERSON = `
  INSERT INTO persons (site, id, version, stage, identifier, fit_score, fit_grade, engagement_rank, last_seen_at,
    mql_since, next_due_at, search_text, state)
  VALUES (@site, @id, 1, @stage, @identifier, @fit_score, @fit_grade, @engagement_rank, @last_seen_at,
    @mql_since, @next_due_at, @search_text, @state)
  ON CONFLICT (site, id) DO UPDATE SET
    version = version + 1,
    stage = excluded.stage,
    identifier = excluded.identifier,
    fit_score = excluded.fit_score,
    fit_grade = excluded.fit_grade,
    engagement_rank = excluded.engagement_rank,
    last_seen_at = excluded.last_seen_at,
    mql_since = excluded.mql_since,
    next_due_at = excluded.next_due_at,
    search_text = excluded.search_text,
    state = excluded.state`

const ADD_SPAN = `
  INSERT INTO spans (site, subject, starts_at, starts_id, person, identifier)
  VALUES (@site, @subject, @startsAt, @startsId, @person, @identifier)`

const ADD_TRANSITION = `
  INSERT INTO transitions (site, person, ordinal, from_stage, to_stage, at, actor, reason, model, cause)
  VALUES (@site, @person, @ordinal, @from, @to, @at, @actor, @reason, @model, @cause)`

const ADD_HANDOFF = `
  INSERT INTO handoffs (site, id, lead, episode_since, told_at, status, reasons, fit_score, fit_grade,
    engagement_score, model)
  VALUES (@site, @id, @lead, @episodeSince, @toldAt, @status, @reasons, @fitScore, @fitGrade,
    @engagementScore, @model)`

/** The second of the two transactions: everything one decision changes, or nothing. */
export function applyStore(db: Connection): Pick<StateStore, 'apply'> {
  const asExpected = versionGuard(db)
  const writePersons = personWriter(db)
  const writeSpans = spanWriter(db)
  const writeHandoffs = handoffWriter(db)
  const addChange = db.prepare('INSERT INTO changes (site, body) VALUES (?, ?)')
  const marks = dirtyMarks(db)

  const apply = db.transaction((decision: Decision): 'applied' | 'conflict' => {
    if (!asExpected(decision)) return 'conflict'
    writePersons(decision)
    writeSpans(decision)
    writeHandoffs(decision)
    for (const change of decision.changes) addChange.run(decision.site, JSON.stringify(change))
    marks.clear(decision.clears)
    return 'applied'
  })
  return { apply: method(decision => apply.immediate(decision)) }
}

/** A person that the decision touches without an expected version must be new. */
function versionGuard(db: Connection): (decision: Decision) => boolean {
  const version = db
    .prepare<[string, string], number>('SELECT version FROM persons WHERE site = ? AND id = ?')
    .pluck()
  return ({ site, expected, persons, removed }) => {
    const touched = new Set([...Object.keys(expected), ...persons.map(person => person.id), ...removed])
    return [...touched].every(id => (version.get(site, id) ?? 0) === (expected[id] ?? 0))
  }
}

function personWriter(db: Connection): (decision: Decision) => void {
  const remove = db.prepare('DELETE FROM persons WHERE site = ? AND id = ?')
  const save = db.prepare(SAVE_PERSON)
  const removeTransitions = db.prepare('DELETE FROM transitions WHERE site = ? AND person = ?')
  const addTransition = db.prepare(ADD_TRANSITION)
  return ({ site, removed, persons }) => {
    for (const id of removed) remove.run(site, id)
    for (const person of persons) {
      save.run({ ...personValues(person), site })
      removeTransitions.run(site, person.id)
      for (const [ordinal, transition] of person.transitions.entries()) {
        addTransition.run({ ...transition, site, person: person.id, ordinal })
      }
    }
  }
}

function spanWriter(db: Connection): (decision: Decision) => void {
  const remove = db.prepare('DELETE FROM spans WHERE site = ? AND subject = ?')
  const add = db.prepare(ADD_SPAN)
  return ({ site, subjects, spans }) => {
    for (const subject of subjects) remove.run(site, subject)
    for (const span of spans) add.run({ ...span, site })
  }
}

function handoffWriter(db: Connection): (decision: Decision) => void {
  const add = db.prepare(ADD_HANDOFF)
  const withdraw = db.prepare(`UPDATE handoffs SET status = 'withdrawn' WHERE site = ? AND id = ?`)
  return ({ site, told, withdrawn }) => {
    for (const handoff of told) add.run({ ...handoff, site, reasons: JSON.stringify(handoff.reasons) })
    for (const id of withdrawn) withdraw.run(site, id)
  }
}
