import type { ErasureOrder } from '../erasure-store.ts'
import type { Connection } from './connection.ts'
import { EVERY_GENERATION } from './eraser.ts'
import type { EventRow } from './event-rows.ts'
import { mentionsOf } from './mentions.ts'

/** Who stands on a timeline: what they said is in their state, too, until they are computed anew. */
const STATES = `
  SELECT seq, search_text, state FROM persons
  WHERE site = @site AND generation IN ${EVERY_GENERATION} AND id IN (
    SELECT person FROM spans WHERE site = @site AND subject = @subject)`

interface StateRow {
  readonly seq: number
  readonly search_text: string
  readonly state: string
}

/**
 * Blots texts out of what others said; for use inside a transaction.
 * @returns the timelines on which something was blotted out
 */
export function blotter(db: Connection): (order: ErasureOrder) => readonly string[] {
  const one = db.prepare<[string, string], EventRow>('SELECT * FROM events WHERE site = ? AND id = ?')
  const writeEvent = db.prepare('UPDATE events SET props = @props, noted = @noted WHERE seq = @seq')
  const states = db.prepare<[object], StateRow>(STATES)
  const writeState = db.prepare(
    'UPDATE persons SET search_text = @search_text, state = @state WHERE seq = @seq',
  )
  return ({ site, texts, mentions }) => {
    const { blotted, blottedJson } = mentionsOf(texts)
    return mentions.flatMap(id => {
      const event = one.get(site, id)
      if (!event) return []
      const { seq, subject, props, noted } = event
      writeEvent.run({ seq, props: blottedJson(props), noted: noted && blottedJson(noted) })
      for (const { seq, search_text, state } of states.all({ site, subject }))
        writeState.run({ seq, search_text: blotted(search_text), state: blottedJson(state) })
      return subject
    })
  }
}
