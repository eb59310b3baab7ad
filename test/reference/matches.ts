import type { Evidence } from '../../collector/contracts/evidence.ts'
import type { EngagementRule, Scalar } from '../../collector/contracts/model.ts'
import { keysOf, truthOf, type Value } from './conditions.ts'

/** One event that a rule's `on` and `if` hold for. */
export interface Match {
  readonly at: number
  readonly id: string
  readonly session: string | null
}

/**
 * The matches of a rule among what people did, in order. A rule that asks for `engaged` or `scroll` looks at a view and at each report on it,
 * and matches at most once per view, where the totals first fulfil it.
 */
export function matchesOf(rule: EngagementRule, evidence: readonly Evidence[]): readonly Match[] {
  const fulfilling = evidence.filter(one => isAbout(rule, one) && isFulfilled(rule, one))
  const first = fulfilling.filter((one, i) => {
    const sameView = (other: Evidence) => other.view !== null && other.view.id === one.view?.id
    return !looksAtViews(rule) || fulfilling.findIndex(sameView) === i
  })
  return first.map(({ at, fact }) => ({ at, id: fact.id, session: fact.session }))
}

const looksAtViews = (rule: EngagementRule): boolean =>
  rule.if !== null && keysOf(rule.if).some(key => key === 'engaged' || key === 'scroll')

const isAbout = (rule: EngagementRule, { fact, view }: Evidence): boolean =>
  fact.type === rule.on ||
  (rule.on === 'page_view' && looksAtViews(rule) && fact.type === 'engagement' && view !== null)

const isFulfilled = (rule: EngagementRule, evidence: Evidence): boolean =>
  rule.if === null || truthOf(rule.if, key => eventValue(key, evidence)) === true

/** An event that has no such value is known to have none: `{none: [{page.category: pricing}]}` holds for a page without one. */
const eventValue = (key: string, evidence: Evidence): Value => valueIn(key, evidence) ?? []

function valueIn(key: string, { fact, page, asset, form, view, touchpoint }: Evidence): Scalar | null {
  if (key === 'engaged') return view?.engagedMs ?? null
  if (key === 'scroll') return view?.scrollPct ?? null
  if (key === 'channel') return touchpoint?.channel ?? null
  const groups = { page, asset, form, utm: touchpoint?.utm, props: fact.props }
  const found = Object.entries(groups).find(([group]) => key.startsWith(`${group}.`))
  const [, value] = Object.entries(found?.[1] ?? {}).find(([name]) => key === `${found?.[0]}.${name}`) ?? []
  return isScalar(value) ? value : null
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
