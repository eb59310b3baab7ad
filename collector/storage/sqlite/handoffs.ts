import type { Handoff } from '../../contracts/state.ts'
import type { HandoffAnswer, StateStore } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { type HandoffRow, handoffOf } from './rows.ts'
import { SHOWN } from './shown.ts'

const ADD = `
  INSERT INTO handoffs (site, id, lead, episode_since, told_at, status, reasons, fit_score, fit_grade,
    engagement_score, model, answered_by)
  VALUES (@site, @id, @lead, @episodeSince, @toldAt, @status, @reasons, @fitScore, @fitGrade,
    @engagementScore, @model, @answeredBy)`

const ANSWER = `
  UPDATE handoffs SET status = @status, told_at = max(told_at, @at), answered_by = @actor
  WHERE site = @site AND id = @id AND status = 'waiting' RETURNING *`

/** What nobody was told yet is not taken back: it lapses. */
const TAKE_BACK = `
  UPDATE handoffs SET status = iif(status = 'waiting', 'lapsed', 'withdrawn')
  WHERE site = ? AND id = ? AND status IN ('waiting', 'told')`

/** A decision under way was made without the answer: it has to be made anew. */
const TOUCH_LEAD = `
  UPDATE persons SET version = version + 1 WHERE site = @site AND generation = ${SHOWN} AND id = @lead`

export interface HandoffWrites {
  readonly site: string
  readonly told: readonly Handoff[]
  /** ids */
  readonly withdrawn: readonly string[]
}

/** For use inside another room's transaction. */
export function handoffWriter(db: Connection): (writes: HandoffWrites) => void {
  const add = db.prepare(ADD)
  const withdraw = db.prepare(TAKE_BACK)
  return ({ site, told, withdrawn }) => {
    for (const handoff of told) add.run({ ...handoff, site, reasons: JSON.stringify(handoff.reasons) })
    for (const id of withdrawn) withdraw.run(site, id)
  }
}

/** A person's word on a hand-off that waits. */
export function handoffStore(db: Connection): Pick<StateStore, 'answerHandoff'> {
  const answerOne = db.prepare<[object], HandoffRow>(ANSWER)
  const touchLead = db.prepare(TOUCH_LEAD)
  const addChange = db.prepare('INSERT INTO changes (site, body) VALUES (?, ?)')
  const marks = dirtyMarks(db)
  const answer = db.transaction((site: string, id: string, given: HandoffAnswer): Handoff | null => {
    const row = answerOne.get({ site, id, ...given })
    if (!row) return null
    const handoff = handoffOf(row)
    touchLead.run({ site, lead: handoff.lead })
    marks.renewPrepared(site, [handoff.lead])
    addChange.run(site, JSON.stringify({ kind: 'handoff', person: handoff.lead, handoff }))
    return handoff
  })
  return { answerHandoff: method((site, id, given) => answer.immediate(site, id, given)) }
}
