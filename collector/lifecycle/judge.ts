import type { QualificationPolicy, ScoringModel } from '../contracts/model.ts'
import type { MqlState } from '../contracts/state.ts'
import { crosses, currentScore, settled } from '../scoring/decay.ts'
import { type Life, type Moment, move } from './life.ts'
import {
  boundsToStay,
  cooldownOf,
  fastTrackFloor,
  holding,
  leastStayMs,
  meets,
  type Standing,
  whenToStay,
} from './policy.ts'

/** What the policy does at an event or a publish. Time alone never comes here: it can only demote (`nextDue`). */
export function judge(before: Life, moment: Moment): Life {
  const life = before.byWord ? { ...before, byWord: false } : before
  if (life.stage === 'lead' || life.stage === 'nurturing') return promote(life, moment)
  return life.stage === 'mql' ? review(life, moment) : life
}

/** A person gave contact data: from here on there is a stage to speak of. */
export const becomeLead = (life: Life, moment: Moment): Life =>
  move(life, moment, { to: 'lead', reason: 'contact_data' })

function promote(life: Life, moment: Moment): Life {
  const { model, standing, at } = moment
  if (holding(standing.gates, at).length > 0 || !mayReturn(life, moment)) return life
  if (meets(model.mql.when, standing, at))
    return move(life, moment, { to: 'mql', reason: 'when', path: 'when' })
  if (!onFastTrack(life, moment)) return life
  const reason = `fast_track:${model.mql.fastTrack?.rule}`
  return move(life, moment, { to: 'mql', reason, path: 'fast_track' })
}

/** Recycled leads qualify again on new activity, after the cool-down, at something they do (scoring.md, Episode). */
function mayReturn({ recycled }: Life, { model, at, behaviour, newPoints }: Moment): boolean {
  if (recycled === null) return true
  return (
    behaviour &&
    at >= recycled.at + cooldownOf(model.recycle, recycled.reason) &&
    newPoints >= model.recycle.newPoints
  )
}

/**
 * Holds for the dwell, at least an hour, after its event, so that traits given moments later count (scoring.md). Who came by
 * it before needs a match since: one match opens one episode.
 */
function onFastTrack({ fastTracked }: Life, { model, standing, at, fastTrackAt }: Moment): boolean {
  const { fastTrack } = model.mql
  if (fastTrack === null || fastTrackAt === null) return false
  if (fastTracked !== null && fastTrackAt <= fastTracked) return false
  return at <= fastTrackAt + leastStayMs(model.mql, 'fast_track') && fitReaches(standing, fastTrack.fitFrom)
}

const fitReaches = (standing: Standing, from: number | null): boolean =>
  from === null || standing.fit.score >= from

function review(life: Life, moment: Moment): Life {
  const { model, standing, at } = moment
  const [gate] = holding(standing.gates, at)
  if (gate !== undefined) return move(life, moment, { to: 'lead', reason: `gate:${gate}` })
  if (!life.mql || at < mayLeaveFrom(life.mql, model)) return life
  return stays(life.mql, model.mql, standing, at) ? life : cool(life, moment)
}

const mayLeaveFrom = ({ since, by }: MqlState, { mql }: ScoringModel): number => since + leastStayMs(mql, by)

export const cool = (life: Life, moment: Moment): Life => move(life, moment, { to: 'lead', reason: 'cooled' })

/** Whether an MQL goes on being one: by the path it came (scoring.md, Leaving mql). */
function stays({ by }: MqlState, policy: QualificationPolicy, standing: Standing, at: number): boolean {
  if (by !== 'fast_track') return meets(whenToStay(policy), standing, at)
  const warm = settled(currentScore(standing.engagement, at)) >= fastTrackFloor(policy)
  return warm && fitReaches(standing, policy.fastTrack?.fitFrom ?? null)
}

/**
 * The instant at which time alone ends the episode; null: never. Between the candidates nothing the policy reads
 * changes: engagement crosses its bounds, holds of rules and flags end, the dwell passes, and nothing else moves.
 * What a person decided stands until the next event (scoring.md, fine print).
 * @param from the latest fact or publish: what was before it has been judged
 */
export function nextDue(life: Life, standing: Standing, model: ScoringModel, from: number): number | null {
  if (life.stage !== 'mql' || !life.mql || life.byWord) return null
  const { mql } = life
  const leastAt = Math.max(mayLeaveFrom(mql, model), from)
  const instants = [leastAt, ...crossings(standing, model.mql), ...endings(standing)]
  const candidates = instants.filter(at => at >= leastAt).sort((a, b) => a - b)
  return candidates.find(at => !stays(mql, model.mql, standing, at)) ?? null
}

/** The first instant beyond each bound, and the one before it, at which a score may stand exactly on it. */
function crossings(standing: Standing, policy: QualificationPolicy): readonly number[] {
  const { score, asOf, halfLifeMs } = standing.engagement
  const beyond = boundsToStay(policy).map(bound => crosses(score, asOf, halfLifeMs, bound))
  return beyond.flatMap(at => (at === null ? [] : [at - 1, at]))
}

/** The first instant after each hold that ends. */
const endings = ({ holds, flags }: Standing): readonly number[] =>
  [...Object.values(holds), ...Object.values(flags)].filter(until => until !== null).map(until => until + 1)
