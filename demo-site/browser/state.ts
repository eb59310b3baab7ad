import {
  type Json,
  listOf,
  numberOf,
  numberOrNull,
  recordOf,
  recordOrNull,
  textOf,
  textOrNull,
  timeOrNull,
} from './reading.ts'

/** What the panel knows: one answer of /panel/state, plus the events heard since. Times are epoch milliseconds. */
export interface PanelState {
  /** newest first */
  readonly events: readonly HeardEvent[]
  /** more was heard than `events` holds */
  readonly hasMore: boolean
  /** then also what the visitor did on purpose, however long ago */
  readonly earlier: readonly HeardEvent[]
  readonly person: Person | null
  /** points an MQL needs; null where the definition names none */
  readonly bar: { readonly fit: number | null; readonly engagement: number | null }
}

export interface HeardEvent {
  readonly id: string
  readonly type: string
  readonly at: number
  readonly page: {
    readonly path: string
    readonly title: string | null
    readonly category: string | null
  } | null
  readonly props: Json
  /** names of the traits a form was understood to give */
  readonly traits: readonly string[]
  /** `human`, or why it does not score */
  readonly traffic: string
}

export interface Person {
  readonly stage: string
  readonly email: string | null
  readonly name: string | null
  readonly company: string | null
  readonly jobTitle: string | null
  readonly fit: { readonly score: number; readonly grade: string; readonly known: boolean }
  readonly engagement: number
  readonly reasons: readonly Reason[]
  readonly mqlSince: number | null
  readonly mqlUntil: number | null
  readonly missing: readonly string[]
  /** the latest telling of sales */
  readonly handoff: HandoffNote | null
}

export interface Reason {
  readonly rule: string
  readonly axis: 'fit' | 'engagement'
  /** what is left now */
  readonly points: number
  readonly capped: number
  readonly count: number
  /** ids of the events behind it */
  readonly events: readonly string[]
}

export interface HandoffNote {
  readonly at: number | null
  readonly status: string
  readonly fit: number
  readonly grade: string
  readonly engagement: number
  readonly reasons: readonly Reason[]
}

export const NOTHING_YET: PanelState = {
  events: [],
  hasMore: false,
  earlier: [],
  person: null,
  bar: { fit: null, engagement: null },
}

export function readState(answer: unknown): PanelState {
  const { events, hasMore, earlier, lead, score, bar } = recordOf(answer)
  const person = recordOrNull(lead)
  const { fit, engagement } = recordOf(bar)
  return {
    events: listOf(events, readEvent),
    hasMore: hasMore === true,
    earlier: listOf(earlier, readEvent),
    person: person && readPerson(person, recordOf(score)),
    bar: { fit: numberOrNull(fit), engagement: numberOrNull(engagement) },
  }
}

export function readEvent(value: unknown): HeardEvent {
  const event = recordOf(value)
  const page = recordOrNull(event.page)
  return {
    id: textOf(event.id),
    type: textOf(event.type),
    at: timeOrNull(event.occurredAt) ?? 0,
    page: page && {
      path: textOf(page.path),
      title: textOrNull(page.title),
      category: textOrNull(page.category),
    },
    props: recordOf(event.props),
    traits: Object.keys(recordOf(event.traits)),
    traffic: textOrNull(recordOf(event.traffic).kind) ?? 'human',
  }
}

function readPerson(lead: Json, score: Json): Person {
  const traits = recordOf(lead.traits)
  const mql = recordOf(lead.mql)
  const fit = recordOf(lead.fit)
  return {
    stage: textOf(lead.stage) || 'anonymous',
    email: textOrNull(lead.email),
    name: textOrNull(lead.name),
    company: traitOf(traits, 'company') ?? textOrNull(recordOf(lead.account).name),
    jobTitle: traitOf(traits, 'jobTitle'),
    fit: { score: numberOf(fit.score), grade: textOf(fit.grade), known: isKnown(fit) },
    engagement: numberOf(recordOf(lead.engagement).score),
    reasons: [...reasonsOf(score.fit, 'fit'), ...reasonsOf(score.engagement, 'engagement')],
    mqlSince: timeOrNull(mql.since),
    mqlUntil: timeOrNull(mql.until),
    missing: listOf(mql.missing, item => textOf(recordOf(item).text)).filter(text => text !== ''),
    handoff: listOf(lead.handoffs, readHandoff).reduce<HandoffNote | null>(later, null),
  }
}

/** Whether any rule about who they are could be answered: unknown is neither a match nor a mismatch. */
const isKnown = (fit: Json): boolean =>
  [fit.matched, fit.mismatched].some(rules => listOf(rules, textOf).length > 0)

const traitOf = (traits: Json, name: string): string | null => textOrNull(recordOf(traits[name]).value)

const reasonsOf = (axis: unknown, name: Reason['axis']): readonly Reason[] =>
  listOf(recordOf(axis).reasons, item => readReason(item, name))

function readReason(value: unknown, axis?: Reason['axis']): Reason {
  const reason = recordOf(value)
  return {
    rule: textOf(reason.rule),
    axis: axis ?? (reason.axis === 'fit' ? 'fit' : 'engagement'),
    points: numberOf(reason.decayed),
    capped: numberOf(reason.capped),
    count: numberOf(reason.count),
    events: listOf(reason.events, textOf),
  }
}

function readHandoff(value: unknown): HandoffNote {
  const handoff = recordOf(value)
  const fit = recordOf(handoff.fit)
  return {
    at: timeOrNull(handoff.at),
    status: textOf(handoff.status),
    fit: numberOf(fit.score),
    grade: textOf(fit.grade),
    engagement: numberOf(recordOf(handoff.engagement).score),
    reasons: listOf(handoff.reasons, item => readReason(item)),
  }
}

const later = (a: HandoffNote | null, b: HandoffNote): HandoffNote => (a && (a.at ?? 0) > (b.at ?? 0) ? a : b)

/** Events kept beyond what one answer holds (our choice: an afternoon of clicking). */
const KEPT = 400

/** The newer state with the events of both: what was heard while it was asked for is not in it yet. */
export const withEventsOf = (newer: PanelState, known: PanelState): PanelState =>
  known.events.reduceRight(withEvent, newer)

/** The state with one more event; one that is known already changes nothing. */
export function withEvent(state: PanelState, event: HeardEvent): PanelState {
  if (state.events.some(known => known.id === event.id)) return state
  const events = [event, ...state.events].sort((a, b) => b.at - a.at)
  return { ...state, events: events.slice(0, KEPT), hasMore: state.hasMore || events.length > KEPT }
}
