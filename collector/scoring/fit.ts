import type { FitGrade } from '../../shared/grades.ts'
import type { FitRule, Grades, ScoringModel } from '../contracts/model.ts'
import type { FitState, ScoreReason } from '../contracts/state.ts'
import { judgeProfile, type Who } from './profile-reader.ts'

/**
 * The fit axis: a rule is matched, mismatched, or unknown when a trait it needs is not known. Unknown adds nothing and is
 * listed, so that people see what is missing (scoring.md, Fit).
 */
export function fitOf(model: ScoringModel, who: Who): FitState {
  const matched: string[] = []
  const mismatched: string[] = []
  const unknown: string[] = []
  let score = 0
  for (const rule of model.fit.rules) {
    const truth = judgeProfile(rule.if)(who)
    if (truth === true) {
      matched.push(rule.id)
      score += rule.points
    } else if (truth === false) mismatched.push(rule.id)
    else unknown.push(rule.id)
  }
  return { score, grade: gradeOf(score, model.fit.grades), matched, mismatched, unknown }
}

function gradeOf(score: number, grades: Grades): FitGrade {
  if (score >= grades.A) return 'A'
  if (score >= grades.B) return 'B'
  return score >= grades.C ? 'C' : 'D'
}

/** One line per matched rule, in model order; their points are the fit score. Fit does not decay. */
export function fitReasons(model: ScoringModel, fit: FitState): readonly ScoreReason[] {
  return model.fit.rules.filter(rule => fit.matched.includes(rule.id)).map(fitReason)
}

const fitReason = ({ id, points }: FitRule): ScoreReason => ({
  rule: id,
  axis: 'fit',
  points,
  earned: points,
  capped: 0,
  decayed: points,
  count: 1,
  events: [],
})
