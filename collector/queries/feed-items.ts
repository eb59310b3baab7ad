import type { PersonState } from '../contracts/state.ts'
import type { Change, StreamPosition } from '../storage/store.ts'
import { type QueryDeps, versionInForce } from './deps.ts'
import { type EventShape, eventShape } from './event-shape.ts'
import { readAlone } from './evidence.ts'
import { engagementAt } from './lead-shape.ts'
import { type HandoffShape, handoffShape, type TransitionShape, transitionShape } from './move-shapes.ts'

/** What a stream tells. `seq` is the place in its own commit order; a score has none, it is only news. */
export type FeedItem =
  | { readonly kind: 'event'; readonly seq: number; readonly data: EventShape }
  | { readonly kind: 'transition'; readonly seq: number; readonly data: Told & TransitionShape }
  | { readonly kind: 'handoff'; readonly seq: number; readonly data: Told & HandoffShape }
  | { readonly kind: 'score'; readonly data: ScoreNews }

/** Whom it is about. */
interface Told {
  readonly site: string
  readonly lead: string
  readonly visitors: readonly string[]
}

type ScoreNews = Told & {
  readonly fit: { readonly score: number; readonly grade: string }
  readonly engagement: { readonly score: number }
}

/** Rows of one reading (our choice: a page that keeps the event loop free). */
const READ_ROWS = 500

/** The next facts, then the next changes after a position, in commit order; empty when there is nothing new. */
export async function readAfter(
  deps: QueryDeps,
  site: string,
  after: StreamPosition,
): Promise<readonly FeedItem[]> {
  const [facts, changes, versions] = await Promise.all([
    deps.store.factsSince(site, after.fact, READ_ROWS),
    deps.store.changesSince(site, after.change, READ_ROWS),
    deps.versionsOf(site),
  ])
  const { model } = versionInForce(versions)
  const visitors = await visitorsOf(deps, site, new Set(changes.map(({ change }) => change.person)))
  return [
    ...facts.map((fact): FeedItem => {
      const data = eventShape(fact, readAlone(model, fact), fact.person?.id ?? null)
      return { kind: 'event', seq: fact.seq, data }
    }),
    ...changes.map(({ seq, change }) => changeItem(seq, change, toldOf(site, change, visitors))),
  ]
}

async function visitorsOf(
  deps: QueryDeps,
  site: string,
  persons: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all([...persons].map(id => deps.store.person(site, id)))
  return new Map(found.flatMap(person => (person ? [[person.state.id, person.state.visitors]] : [])))
}

const toldOf = (
  site: string,
  { person }: Change,
  visitors: ReadonlyMap<string, readonly string[]>,
): Told => ({
  site,
  lead: person,
  visitors: visitors.get(person) ?? [],
})

const changeItem = (seq: number, change: Change, told: Told): FeedItem =>
  change.kind === 'transition'
    ? { kind: 'transition', seq, data: { ...told, ...transitionShape(change.transition) } }
    : { kind: 'handoff', seq, data: { ...told, ...handoffShape(change.handoff) } }

/** A person's scores, fresh from a decision. */
export const scoreItem = (state: PersonState, now: number): FeedItem => ({
  kind: 'score',
  data: {
    site: state.site,
    lead: state.id,
    visitors: state.visitors,
    fit: { score: state.fit.score, grade: state.fit.grade },
    engagement: { score: engagementAt(state.engagement, now) },
  },
})
