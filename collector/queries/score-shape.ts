import type { FitGrade } from '../../shared/grades.ts'
import type { LifecycleStage } from '../../shared/stages.ts'
import type { EngagementRule, FitRule } from '../contracts/model.ts'
import type { MqlPath, ScoreReason } from '../contracts/state.ts'
import { fastTrackFloor } from '../lifecycle/policy.ts'
import { crosses } from '../scoring/decay.ts'
import { findingsOf } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import type { MissingShape } from './lead-shape.ts'
import { missingShape, missingShapes } from './missing-shape.ts'
import { rfc3339 } from './rfc3339.ts'
import { summaryOf } from './summary.ts'
import type { Language } from './words/language.ts'

/** Why a lead scores as it does, as the API shows it (docs/api.md): stable, fields may be added. */
export interface ScoreShape {
  readonly asOf: string
  readonly model: { readonly name: string; readonly version: number }
  readonly stage: LifecycleStage
  readonly grade: FitGrade
  readonly fit: AxisShape & { readonly unknown: readonly MissingShape[] }
  readonly engagement: AxisShape
  /** the open episode; null: there is none */
  readonly mql: { readonly since: string; readonly until: string | null; readonly by: MqlPath } | null
  readonly missing: readonly MissingShape[]
  /** when engagement falls below the exit if nothing happens; null: it is below, or there is no exit */
  readonly until: string | null
  readonly summary: string
}

/** The reasons' `decayed` points, added in their order, are the score. */
interface AxisShape {
  readonly score: number
  readonly reasons: readonly ReasonShape[]
}

type ReasonShape = Omit<ScoreReason, 'axis'> & { readonly text: string }

/** @param inFull whether personal data may be told */
export function scoreShape(inquiry: Inquiry, words: Language, inFull: boolean): ScoreShape {
  const { at, version, state, explanation } = inquiry
  const { model } = version
  const when = { at, timezone: model.timezone }
  const findings = findingsOf(inquiry)
  const { fit, engagement } = reasonsOf(inquiry, words)
  return {
    asOf: rfc3339(at),
    model: { name: model.name, version: version.version },
    stage: state.stage,
    grade: state.fit.grade,
    fit: {
      score: explanation.fit.score,
      reasons: fit,
      unknown: findings.unknown.map(missingShape(words, when)),
    },
    engagement: { score: explanation.engagement.score, reasons: engagement },
    mql: state.mql && {
      since: rfc3339(state.mql.since),
      until: state.stage === 'mql' && state.nextDueAt !== null ? rfc3339(state.nextDueAt) : null,
      by: state.mql.by,
    },
    missing: missingShapes(findings, words, when),
    until: exitOf(inquiry),
    summary: words.summary(summaryOf(inquiry, findings, inFull)),
  }
}

function reasonsOf({ version: { model }, explanation }: Inquiry, words: Language) {
  const fitRules = byId(model.fit.rules)
  const engagementRules = byId(model.engagement.rules)
  const fit = explanation.fit.reasons.map(reason => {
    const rule = fitRules.get(reason.rule)
    return withText(reason, rule ? words.reason({ axis: 'fit', reason, rule }) : reason.rule)
  })
  const engagement = explanation.engagement.reasons.map(reason => {
    const rule = engagementRules.get(reason.rule)
    return withText(reason, rule ? words.reason({ axis: 'engagement', reason, rule }) : reason.rule)
  })
  return { fit, engagement }
}

const byId = <R extends FitRule | EngagementRule>(rules: readonly R[]): ReadonlyMap<string, R> =>
  new Map(rules.map(rule => [rule.id, rule]))

const withText = ({ axis: _, ...reason }: ScoreReason, text: string): ReasonShape => ({ ...reason, text })

/** The first instant below the exit by time alone (scoring.md, What each lead can answer). */
function exitOf({ state: { engagement }, version, at }: Inquiry): string | null {
  const { score, asOf, halfLifeMs } = engagement
  const floor = fastTrackFloor(version.model.mql)
  // A score below nought only rises.
  const below = floor > 0 ? crosses(score, asOf, halfLifeMs, floor) : null
  return below === null || below <= at ? null : rfc3339(below)
}
