/** The funnel (mission.md). `sales_qualified` is shown to people as SQL. */
export const STAGES = [
  'anonymous',
  'lead',
  'mql',
  'sal',
  'sales_qualified',
  'customer',
  'nurturing',
  'disqualified',
] as const

export type LifecycleStage = (typeof STAGES)[number]
