/** How well somebody fits, best first (mission.md). The model says from which score on. */
export const FIT_GRADES = ['A', 'B', 'C', 'D'] as const

export type FitGrade = (typeof FIT_GRADES)[number]
