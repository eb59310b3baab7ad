import { STAGES } from '../../shared/stages.ts'
import { byOccurrence, type Fact, isImport } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { StageTransition } from '../contracts/state.ts'
import type { Arrival } from '../identity/arrival.ts'
import { becomeLead, cool, judge, nextDue } from '../lifecycle/judge.ts'
import { type Life, type Moment, move, NEWBORN } from '../lifecycle/life.ts'
import { type Book, type Named, openBook, writeDown } from './book.ts'
import { fastTrackAtOf, newPointsOf, reasonsOf, standingOf } from './standing.ts'
import { isPublish, type Step, stepsOf, timeOf, versionAt } from './steps.ts'

/** A person followed up to their latest step: a fact, or a publish. Mutable; `followOn` takes it one fact further. */
export interface Followed {
  book: Book
  life: Life
  /** epoch ms of the latest step: after it only time has passed */
  asOf: number
}

/**
 * Follows one person step by step. Before each step time does its work (an MQL may cool), then the fact is written down,
 * then the policy looks.
 * @param until epoch ms: publishes up to then are steps
 */
export function follow(
  person: Named,
  arrivals: readonly Arrival[],
  versions: readonly ModelVersion[],
  until: number,
): Followed {
  const steps = stepsOf(arrivals, versions, until)
  const start = steps[0] ? timeOf(steps[0]) : until
  const book = openBook(versionAt(versions, start), person)
  const followed: Followed = { book, life: NEWBORN, asOf: 0 }
  const known: Fact[] = []
  for (const step of steps) {
    moveTo(followed, timeOf(step))
    followed.book = isPublish(step)
      ? openBook(step.version, person, known)
      : takeIn(followed.book, known, step)
    look(followed, step)
  }
  return followed
}

/** The next fact of a person, not before any step so far, and without history: as if followed with it from the start. */
export function followOn(followed: Followed, arrival: Arrival): void {
  moveTo(followed, arrival.fact.occurredAt)
  writeDown(followed.book, arrival.fact)
  look(followed, arrival)
}

/** A person's life when time has passed up to an instant. */
export function lifeAt({ life, book, asOf }: Followed, at: number): Life {
  if (life.stage !== 'mql') return life
  const due = nextDue(life, standingOf(book), book.version.model, asOf)
  return due === null || due > at ? life : cool(life, momentAt(book, due, 'due', false))
}

function moveTo(followed: Followed, at: number): void {
  followed.life = lifeAt(followed, at - 1)
  followed.asOf = at
}

/** Later facts are written on; history that joins with a claim has times of its own, so the book is written anew. */
function takeIn(book: Book, known: Fact[], { fact, history }: Arrival): Book {
  const last = known.at(-1)
  const earliest = history[0] ?? fact
  for (const one of history) known.push(one)
  known.push(fact)
  if (last && byOccurrence(earliest, last) < 0)
    return openBook(book.version, book.person, known.sort(byOccurrence))
  for (const one of history) writeDown(book, one)
  writeDown(book, fact)
  return book
}

function look(followed: Followed, step: Step): void {
  if (followed.book.person.identifier === null) return
  const moment = momentOf(followed.book, step)
  const life = followed.life.stage === 'anonymous' ? becomeLead(followed.life, moment) : followed.life
  followed.life =
    !isPublish(step) && step.fact.type === 'decision' ? obey(life, moment, step.fact) : judge(life, moment)
}

/**
 * People's decisions are authoritative; whether a move is legal was checked when it was made (scoring.md). Sent back to
 * nurturing once more, a lead begins once more to wait.
 */
function obey(life: Life, moment: Moment, { props, actor }: Fact): Life {
  const to = STAGES.find(stage => stage === props.to) ?? life.stage
  const reason = String(props.reason ?? '')
  if (to !== life.stage) return move(life, moment, { to, reason, actor: actor ?? 'operator' })
  return to === 'nurturing' ? { ...life, recycled: { at: moment.at, reason } } : life
}

/** Things that happen to a person or are said about them: not something they do (scoring.md, Episode). */
const NOT_BEHAVIOUR: ReadonlySet<string> = new Set([
  'identify',
  'group',
  'consent',
  'web_vital',
  'email_open',
  'decision',
  'merge',
])

function momentOf(book: Book, step: Step): Moment {
  if (isPublish(step)) return momentAt(book, timeOf(step), 'publish', false)
  const { type, occurredAt } = step.fact
  const cause = type === 'decision' ? 'decision' : isImport(step.fact) ? 'import' : 'event'
  return momentAt(book, occurredAt, cause, book.isHuman && !NOT_BEHAVIOUR.has(type))
}

function momentAt(book: Book, at: number, cause: StageTransition['cause'], behaviour: boolean): Moment {
  const { version, model } = book.version
  return {
    at,
    version,
    model,
    standing: standingOf(book),
    cause,
    behaviour,
    newPoints: newPointsOf(book),
    fastTrackAt: fastTrackAtOf(book),
    reasons: () => reasonsOf(book, at),
  }
}
