import { isDeepStrictEqual } from 'node:util'
import type { PersonState, Span, StageTransition } from '../../contracts/state.ts'
import type { ApplyOutcome, Decision, StateStore } from '../store.ts'
import { accountWriter, type TouchedAccounts, touchedAccounts } from './accounts.ts'
import { type Connection, method, withoutWaiting } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { handoffWriter } from './handoffs.ts'
import { preparedNews } from './prepared-news.ts'
import { personValues } from './rows.ts'
import { PREPARED, SHOWN } from './shown.ts'

const SAVE_PERSON = `
  INSERT INTO persons (site, generation, id, version, stage, identifier, fit_score, fit_grade, engagement_rank, last_seen_at,
    mql_since, next_due_at, search_text, state, account, account_member)
  VALUES (@site, @generation, @id, 1, @stage, @identifier, @fit_score, @fit_grade, @engagement_rank, @last_seen_at,
    @mql_since, @next_due_at, @search_text, @state, @account, @account_member)
  ON CONFLICT (site, generation, id) DO UPDATE SET
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
    state = excluded.state,
    account = excluded.account,
    account_member = excluded.account_member`

/** Of those that only orders hold which most events leave as they are: these are not written (migrations/0010). */
const SAVE_MOVED = `
  UPDATE persons SET version = version + 1, engagement_rank = @engagement_rank, last_seen_at = @last_seen_at,
    next_due_at = @next_due_at, state = @state, account_member = @account_member
  WHERE site = @site AND generation = @generation AND id = @id
  AND stage = @stage AND identifier IS @identifier AND fit_score = @fit_score AND fit_grade = @fit_grade
  AND mql_since = @mql_since AND search_text = @search_text AND account IS @account`

const ADD_SPAN = `
  INSERT INTO spans (site, subject, generation, starts_at, starts_id, person, identifier)
  VALUES (@site, @subject, @generation, @startsAt, @startsId, @person, @identifier)`

const ADD_TRANSITION = `
  INSERT INTO transitions (site, generation, person, ordinal, from_stage, to_stage, at, actor, reason, model, cause)
  VALUES (@site, @generation, @person, @ordinal, @from, @to, @at, @actor, @reason, @model, @cause)`

const TRANSITIONS_OF = `
  SELECT from_stage AS "from", to_stage AS "to", at, actor, reason, model, cause
  FROM transitions WHERE site = ? AND generation = ? AND person = ? ORDER BY ordinal`

const SPANS_OF = `
  SELECT subject, starts_at AS startsAt, starts_id AS startsId, person, identifier
  FROM spans WHERE site = ? AND subject = ? AND generation = ? ORDER BY starts_at, starts_id`

/** The second of the two transactions: everything a decision changes, or nothing. */
export function applyStore(db: Connection): Pick<StateStore, 'apply'> {
  const placeOf = generationGuard(db)
  const asExpected = versionGuard(db)
  const isOutdated = erasureGuard(db)
  const writePersons = personWriter(db)
  const writeSpans = spanWriter(db)
  const tell = newsWriter(db)
  const marks = dirtyMarks(db)
  const writeAccount = accountWriter(db)

  const applyOne = (decision: Decision, accounts: TouchedAccounts): ApplyOutcome => {
    const place = placeOf(decision)
    const before = place === null ? null : asExpected(decision)
    if (place === null || before === null || isOutdated(decision)) return 'conflict'
    writePersons(decision, before, accounts)
    writeSpans(decision)
    tell[place](decision)
    marks.clear(decision.clears)
    return 'applied'
  }
  const apply = db.transaction((decisions: readonly Decision[]) => {
    const accounts = touchedAccounts()
    const outcomes = decisions.map(decision => applyOne(decision, accounts))
    for (const account of accounts.all()) writeAccount(account)
    return outcomes
  })
  return {
    apply: method(decisions =>
      decisions.some(tellsSales)
        ? apply.immediate(decisions)
        : withoutWaiting(db, () => apply.immediate(decisions)),
    ),
  }
}

/** What was told is the one thing that cannot be derived again. */
const tellsSales = ({ told, withdrawn }: Decision): boolean => told.length > 0 || withdrawn.length > 0

/** Which of the two generations that may be written a decision is for. */
type Place = 'shown' | 'prepared'

function generationGuard(db: Connection): (decision: Decision) => Place | null {
  const shown = db.prepare<[object], number>(`SELECT ${SHOWN}`).pluck()
  const prepared = db.prepare<[object], number>(PREPARED).pluck()
  return ({ site, generation }) => {
    if (shown.get({ site }) === generation) return 'shown'
    return prepared.get({ site }) === generation ? 'prepared' : null
  }
}

/** What is shown is told at once, and what is prepared has to take note of it; what is prepared is told at its switch. */
function newsWriter(db: Connection): Readonly<Record<Place, (decision: Decision) => void>> {
  const addChange = db.prepare('INSERT INTO changes (site, body) VALUES (?, ?)')
  const writeHandoffs = handoffWriter(db)
  const marks = dirtyMarks(db)
  const news = preparedNews(db)
  return {
    shown: decision => {
      const { site, changes, subjects } = decision
      writeHandoffs(decision)
      for (const change of changes) addChange.run(site, JSON.stringify(change))
      if (changes.length > 0) marks.renewPrepared(site, subjects)
    },
    prepared: news.keep,
  }
}

interface Before {
  readonly version: number
  readonly account: string | null
}

/**
 * A person that the decision touches without an expected version must be new.
 * @returns of those that are stored, by id; null: not as expected
 */
function versionGuard(db: Connection): (decision: Decision) => ReadonlyMap<string, Before> | null {
  const find = db.prepare<[string, number, string], Before>(
    'SELECT version, account FROM persons WHERE site = ? AND generation = ? AND id = ?',
  )
  return ({ site, generation, expected, persons, removed }) => {
    const before = new Map<string, Before>()
    const touched = new Set([...Object.keys(expected), ...persons.map(person => person.id), ...removed])
    for (const id of touched) {
      const stored = find.get(site, generation, id)
      if ((stored?.version ?? 0) !== (expected[id] ?? 0)) return null
      if (stored) before.set(id, stored)
    }
    return before
  }
}

/** Whether somebody was erased since the decision was begun: its timelines are marked to be computed from their first fact on. */
function erasureGuard(db: Connection): (decision: Decision) => boolean {
  const markedAnew = db.prepare<[object], number>(
    `SELECT 1 FROM dirty WHERE site = @site AND subject = @subject AND generation = @generation AND mark > @mark
    AND earliest = 0`,
  )
  return ({ clears }) => clears.some(mark => markedAnew.get(mark) !== undefined)
}

function personWriter(
  db: Connection,
): (decision: Decision, before: ReadonlyMap<string, Before>, accounts: TouchedAccounts) => void {
  const remove = db.prepare('DELETE FROM persons WHERE site = ? AND generation = ? AND id = ?')
  const save = db.prepare(SAVE_PERSON)
  const saveMoved = db.prepare(SAVE_MOVED)
  const writeTransitions = transitionWriter(db)
  return ({ site, generation, removed, persons }, before, accounts) => {
    const place = { site, generation }
    for (const id of removed) {
      accounts.touch(place, [before.get(id)?.account])
      remove.run(site, generation, id)
    }
    for (const person of persons) {
      const row = { ...personValues(person), ...place }
      const stored = before.get(person.id)
      accounts.touch(place, [stored?.account, row.account])
      if (!stored || saveMoved.run(row).changes === 0) save.run(row)
      writeTransitions(person, place)
    }
  }
}

/** Most decisions move nobody: reading is cheaper than writing again what is there. */
function transitionWriter(
  db: Connection,
): (person: PersonState, place: Pick<Decision, 'site' | 'generation'>) => void {
  const known = db.prepare<[string, number, string], StageTransition>(TRANSITIONS_OF)
  const remove = db.prepare('DELETE FROM transitions WHERE site = ? AND generation = ? AND person = ?')
  const add = db.prepare(ADD_TRANSITION)
  return ({ id, transitions }, { site, generation }) => {
    if (isDeepStrictEqual(known.all(site, generation, id), transitions)) return
    remove.run(site, generation, id)
    for (const [ordinal, transition] of transitions.entries())
      add.run({ ...transition, site, generation, person: id, ordinal })
  }
}

function spanWriter(db: Connection): (decision: Decision) => void {
  const known = db.prepare<[string, string, number], Span>(SPANS_OF)
  const remove = db.prepare('DELETE FROM spans WHERE site = ? AND subject = ? AND generation = ?')
  const add = db.prepare(ADD_SPAN)
  return ({ site, generation, subjects, spans }) => {
    const wanted = new Map(subjects.map(subject => [subject, [] as Span[]]))
    for (const span of spans) wanted.get(span.subject)?.push(span)
    for (const [subject, own] of wanted) {
      if (isDeepStrictEqual(known.all(site, subject, generation), own.sort(byStart))) continue
      remove.run(site, subject, generation)
      for (const span of own) add.run({ ...span, site, generation })
    }
  }
}

const byStart = (a: Span, b: Span): number =>
  a.startsAt - b.startsAt || (a.startsId < b.startsId ? -1 : a.startsId > b.startsId ? 1 : 0)
