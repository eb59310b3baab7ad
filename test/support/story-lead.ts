import { expect } from 'vitest'
import type { Json, StoryWorld } from './story-world.ts'

export interface Reason {
  readonly rule: string
  readonly points: number
  readonly earned: number
  readonly capped: number
  readonly decayed: number
  readonly count: number
  readonly events: readonly string[]
}

export interface Axis {
  readonly score: number
  readonly reasons: readonly Reason[]
}

export interface Score {
  readonly asOf: string
  readonly fit: Axis
  readonly engagement: Axis
}

interface Moved {
  readonly from: string
  readonly to: string
  readonly at: string
  readonly actor: string
  readonly reason: string
}

interface Handoff {
  readonly at: string
  readonly status: string
  readonly reasons: readonly Reason[]
}

/** A lead as the API answers, with its score and its moves. */
export interface Lead {
  readonly id: string
  readonly stage: string
  readonly email: string
  readonly fit: {
    readonly score: number
    readonly grade: string
    readonly matched: readonly string[]
    readonly mismatched: readonly string[]
    readonly unknown: readonly string[]
  }
  readonly engagement: { readonly score: number }
  readonly mql: {
    readonly since: string | null
    readonly until: string | null
    readonly by: string | null
    readonly reasons: readonly Reason[]
    readonly missing: readonly { readonly text: string }[]
  }
  readonly visitors: readonly string[]
  readonly needs: readonly string[]
  readonly flags: readonly string[]
  readonly handoffs: readonly Handoff[]
  readonly firstTouch: Json | null
  readonly lastTouch: Json | null
  readonly score: Score
  readonly transitions: readonly Moved[]
  /** `anonymous → lead`, in short */
  readonly moves: readonly string[]
  /** ids of the rules behind the score now */
  readonly reasons: readonly string[]
  /** ids of the rules behind the MQL, as they were when it became one */
  readonly because: readonly string[]
  /** how many hand-offs sales was told, and no other kind */
  readonly told: number
}

type Detail = Omit<Lead, 'score' | 'transitions' | 'moves' | 'reasons' | 'because' | 'told'>

/** Reads a lead through the API, and holds what it says of itself together: it must add up, now and at every move. */
export async function readLead(world: StoryWorld, email: string): Promise<Lead> {
  const { data } = await read<{ data: readonly { id: string; email: string }[] }>(
    world,
    `/v1/leads?q=${encodeURIComponent(email)}`,
  )
  const [found] = data.filter(lead => lead.email === email)
  if (!found) throw new Error(`There is no lead ${email}.`)
  const path = `/v1/leads/${found.id}`
  const detail = await read<Detail>(world, path)
  const score = await read<Score>(world, `${path}/score`)
  const { data: transitions } = await read<{ data: readonly Moved[] }>(world, `${path}/transitions`)
  const lead = {
    ...detail,
    score,
    transitions,
    moves: transitions.map(({ from, to }) => `${from} → ${to}`),
    reasons: rulesOf(score),
    because: detail.mql.reasons.map(({ rule }) => rule),
    told: detail.handoffs.filter(({ status }) => status === 'told').length,
  }
  await addsUp(world, path, lead)
  return lead
}

const rulesOf = ({ fit, engagement }: Score): readonly string[] =>
  [...fit.reasons, ...engagement.reasons].map(({ rule }) => rule)

async function read<T>(world: StoryWorld, path: string): Promise<T> {
  return (await world.get(path)) as T
}

async function addsUp(world: StoryWorld, path: string, lead: Lead): Promise<void> {
  expectSum(lead.score)
  expect(lead.fit.score).toBe(lead.score.fit.score)
  expect(lead.engagement.score).toBeCloseTo(lead.score.engagement.score, 9)
  for (const { at, to } of lead.transitions) {
    const then = await read<Score>(world, `${path}/score?at=${encodeURIComponent(at)}`)
    expectSum(then)
    const told = lead.handoffs.find(handoff => handoff.at === at)
    if (to === 'mql' && told) expect(told.reasons.map(figuresOf)).toEqual(reasonsIn(then))
    if (lead.mql.since === at) expect(lead.mql.reasons.map(figuresOf)).toEqual(reasonsIn(then))
  }
}

/** To the last bit: the score is made of its reasons. */
function expectSum({ fit, engagement }: Score): void {
  for (const axis of [fit, engagement])
    expect(axis.reasons.reduce((sum, { decayed }) => sum + decayed, 0)).toBe(axis.score)
}

const reasonsIn = ({ fit, engagement }: Score) => [...fit.reasons, ...engagement.reasons].map(figuresOf)

/** Answers may say more of a reason; these must agree. */
const figuresOf = ({ rule, points, earned, capped, decayed, count, events }: Reason): Reason => ({
  rule,
  points,
  earned,
  capped,
  decayed,
  count,
  events,
})
