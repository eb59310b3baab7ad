import { byOccurrence, type Position } from '../../contracts/facts.ts'
import type { Component, ComponentKey, ComponentSeeds, DirtyMark, News, StateStore } from '../store.ts'
import { type Connection, method, present } from './connection.ts'
import { MARK_COLUMNS } from './dirty.ts'
import { EVENT_COLUMNS, type EventValues, factIn } from './event-rows.ts'
import { type HandoffRow, handoffOf, type PersonRow, personOf } from './rows.ts'
import { SHOWN } from './shown.ts'

/**
 * A subject brings the identifiers and the people of its spans. A person's id is a subject, too: of the words on that
 * lead; it brings every identifier that is theirs. An identifier brings every subject with a span of it. (The plus keeps
 * the planner from reading all identifiers.)
 */
const REACH = `
  WITH RECURSIVE reached (kind, name) AS (
    SELECT 'subject', value FROM json_each(@subjects)
    UNION
    SELECT 'identifier', value FROM json_each(@identifiers)
    UNION
    SELECT 'identifier', spans.identifier FROM reached CROSS JOIN spans
    ON spans.site = @site AND spans.subject = reached.name AND +spans.identifier IS NOT NULL
    WHERE reached.kind = 'subject'
    UNION
    SELECT 'subject', spans.person FROM reached CROSS JOIN spans
    ON spans.site = @site AND spans.subject = reached.name
    WHERE reached.kind = 'subject'
    UNION
    SELECT 'identifier', spans.identifier FROM reached CROSS JOIN spans INDEXED BY spans_by_person
    ON spans.site = @site AND spans.person = reached.name AND +spans.identifier IS NOT NULL
    WHERE reached.kind = 'subject'
    UNION
    SELECT 'subject', spans.subject FROM reached CROSS JOIN spans
    ON spans.site = @site AND spans.identifier = reached.name
    WHERE reached.kind = 'identifier'
  )
  SELECT kind, name FROM reached ORDER BY name`

/** CROSS JOIN keeps the order of the tables: from the subjects to their events, never through all events by time. */
const FACTS = `
  SELECT ${EVENT_COLUMNS.map(column => `events.${column}`).join(', ')}
  FROM json_each(@subjects) AS reached CROSS JOIN events
  ON events.site = @site AND events.subject = reached.value`

const PERSONS = `
  SELECT version, state FROM persons WHERE site = @site AND generation = @generation AND id IN (
    SELECT spans.person FROM json_each(@subjects) AS reached CROSS JOIN spans
    ON spans.site = @site AND spans.generation = @generation AND spans.subject = reached.value
    UNION
    SELECT owners.id FROM json_each(@identifiers) AS reached CROSS JOIN persons AS owners
    ON owners.site = @site AND owners.generation = @generation AND owners.identifier = reached.value
  ) ORDER BY id`

const FACTS_AFTER = `${FACTS} AND (events.occurred_at, events.id) > (@occurredAt, @id)`

const MARKS = `
  SELECT ${MARK_COLUMNS} FROM json_each(@subjects) AS reached CROSS JOIN dirty
  ON dirty.site = @site AND dirty.subject = reached.value AND dirty.generation = @generation`

const HANDOFFS = `
  SELECT handoffs.* FROM json_each(@persons) AS person CROSS JOIN handoffs
  ON handoffs.site = @site AND handoffs.lead = person.value
  ORDER BY told_at, seq`

interface Reached {
  readonly kind: 'subject' | 'identifier'
  readonly name: string
}

/** Loads what must be decided together: the connected component around the seeds, read from one snapshot. */
export function componentStore(
  db: Connection,
): Pick<StateStore, 'loadComponent' | 'loadNews' | 'handoffsOf'> {
  const shown = db.prepare<[object], number>(`SELECT ${SHOWN}`).pluck()
  const reach = db.prepare<[object], Reached>(REACH)
  const facts = db.prepare<[object], EventValues>(FACTS).raw()
  const factsAfter = db.prepare<[object], EventValues>(FACTS_AFTER).raw()
  const marks = db.prepare<[object], DirtyMark>(MARKS)
  const persons = db.prepare<[object], PersonRow>(PERSONS)
  const handoffs = db.prepare<[object], HandoffRow>(HANDOFFS)

  const load = db.transaction((site: string, seeds: ComponentSeeds, wanted?: number): Component => {
    const reached = reach.all({
      site,
      subjects: JSON.stringify(seeds.subjects),
      identifiers: JSON.stringify(seeds.identifiers),
    })
    const named = (kind: Reached['kind']) => reached.filter(one => one.kind === kind).map(one => one.name)
    const subjects = named('subject')
    const identifiers = named('identifier')
    const within = { site, subjects: JSON.stringify(subjects), identifiers: JSON.stringify(identifiers) }
    const inGeneration = (generation: number) => persons.all({ ...within, generation }).map(personOf)
    const current = present(shown.get({ site }))
    const generation = wanted ?? current
    const owners = inGeneration(generation)
    const isShown = generation === current
    const asShown = isShown ? owners : inGeneration(current)
    return {
      facts: facts.all(within).map(factIn).sort(byOccurrence),
      marks: marks.all({ ...within, generation }),
      subjects,
      identifiers,
      persons: owners,
      shown: asShown.map(({ state }) => state),
      isShown,
    }
  })

  const news = db.transaction((key: ComponentKey, { occurredAt, id }: Position): News => {
    const within = { site: key.site, subjects: JSON.stringify(key.subjects) }
    const later = factsAfter.all({ ...within, occurredAt, id })
    return {
      facts: later.map(factIn).sort(byOccurrence),
      marks: marks.all({ ...within, generation: key.generation }),
    }
  })

  return {
    loadComponent: method((site, seeds, generation) => load(site, seeds, generation)),
    loadNews: method((key, after) => news(key, after)),
    handoffsOf: method((site, ids) => handoffs.all({ site, persons: JSON.stringify(ids) }).map(handoffOf)),
  }
}
