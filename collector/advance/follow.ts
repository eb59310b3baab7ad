import { STAGES } from '../../shared/stages.ts'
import { byOccurrence, type Fact, isImport } from '../contracts/facts.ts'
import type { ModelVersion } from '../contracts/model.ts'
import type { StageTransition } from '../contracts/state.ts'
import type { ResolvedPerson } from '../identity/resolve.ts'
import { becomeLead, cool, judge, nextDue } from '../lifecycle/judge.ts'
import { type Life, type Moment, move, NEWBORN } from '../lifecycle/life.ts'
import { type Book, fastTrackAtOf, newPointsOf, openBook, reasonsOf, standingOf, writeDown } from './book.ts'
import { type Step, stepsOf, versionAt } from './steps.ts'

/** A person followed through all that is known of them, up to an instant. */
export interface Followed {
  readonly book: Book
  readonly life: Life
  /** the latest step: from here on only time has passed */
  readonly asOf: number
}

/**
 * Follows one person step by step. Before each step time does its work (an MQL may cool), then the fact is written down,
 * then the policy looks. After the last step time goes on until `until`.
 */
export function follow(person: ResolvedPerson, versions: readonly ModelVersion[], until: number): Followed {
  const steps = stepsOf(person, versions, until)
  const known: Fact[] = []
  let book = openBook(versionAt(versions, steps[0]?.at ?? until))
  let life = NEWBORN
  let asOf = 0
  for (const step of steps) {
    life = letTimePass(life, book, asOf, step.at - 1)
    asOf = step.at
    book = step.kind === 'publish' ? openBook(step.version, known) : takeIn(book, known, step)
    if (person.identifier !== null) life = live(life, book, step)
  }
  return { book, life: letTimePass(life, book, asOf, until), asOf }
}

type FactStep = Extract<Step, { kind: 'facts' }>

/** Later facts are written on; history that joins with a claim has times of its own, so the book is written anew. */
function takeIn(book: Book, known: Fact[], { fact, history }: FactStep): Book {
  const last = known.at(-1)
  const news = [...history, fact]
  known.push(...news)
  if (news[0] && last && byOccurrence(news[0], last) < 0) {
    known.sort(byOccurrence)
    return openBook(book.version, known)
  }
  for (const one of news) writeDown(book, one)
  return book
}

function live(life: Life, book: Book, step: Step): Life {
  const moment = momentOf(book, step)
  const named = life.stage === 'anonymous' ? becomeLead(life, moment) : life
  if (step.kind === 'facts' && step.fact.type === 'decision') return obey(named, moment, step.fact)
  return judge(named, moment)
}

/** People's decisions are authoritative; whether a move is legal was checked when it was made (scoring.md). */
function obey(life: Life, moment: Moment, { props, actor }: Fact): Life {
  const to = STAGES.find(stage => stage === props.to) ?? life.stage
  if (to === life.stage) return life
  return move(life, moment, { to, reason: String(props.reason ?? ''), actor: actor ?? 'operator' })
}

function letTimePass(life: Life, book: Book, from: number, until: number): Life {
  if (life.stage !== 'mql') return life
  const due = nextDue(life, standingOf(book), book.version.model, from)
  return due === null || due > until ? life : cool(life, momentAt(book, due, 'due'))
}

/** Things that happen to a person or are said about them: not something they do (scoring.md, Episode). */
const NOT_BEHAVIOUR: ReadonlySet<string> = new Set([
  'identify',
  'consent',
  'web_vital',
  'email_open',
  'decision',
])

function momentOf(book: Book, step: Step): Moment {
  if (step.kind === 'publish') return momentAt(book, step.at, 'publish')
  const { type } = step.fact
  const cause = type === 'decision' ? 'decision' : isImport(step.fact) ? 'import' : 'event'
  return { ...momentAt(book, step.at, cause), behaviour: !NOT_BEHAVIOUR.has(type) }
}

function momentAt(book: Book, at: number, cause: StageTransition['cause']): Moment {
  return {
    at,
    version: book.version.version,
    model: book.version.model,
    standing: standingOf(book),
    cause,
    behaviour: false,
    newPoints: newPointsOf(book),
    fastTrackAt: fastTrackAtOf(book),
    reasons: () => reasonsOf(book, at),
  }
}
