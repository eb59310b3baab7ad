import type { Evidence, PageFacts } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import { countAt, textAt } from './props.ts'

type View = NonNullable<Evidence['view']>

/**
 * Finds the view of each of one person's facts, in order. A report belongs to its view's page, its totals only grow, and
 * nobody is engaged for longer than the time since the view began. A report whose view is not known has neither view nor
 * page, so that nothing scores.
 */
export function startViews(): (fact: Fact, page: PageFacts | null) => Pick<Evidence, 'page' | 'view'> {
  const views = new Map<string, { readonly at: number; readonly page: PageFacts | null; view: View }>()
  return (fact, page) => {
    if (fact.type === 'page_view') {
      const view = { id: fact.id, engagedMs: 0, scrollPct: 0 }
      views.set(fact.id, { at: fact.occurredAt, page, view })
      return { page, view }
    }
    if (fact.type !== 'engagement') return { page, view: null }
    const seen = views.get(textAt(fact.props, 'view') ?? '')
    if (seen === undefined) return { page: null, view: null }
    seen.view = grown(seen.view, fact, fact.occurredAt - seen.at)
    return { page: seen.page, view: seen.view }
  }
}

const grown = ({ id, engagedMs, scrollPct }: View, { props }: Fact, sinceViewMs: number): View => ({
  id,
  engagedMs: Math.max(engagedMs, Math.min(countAt(props, 'engagedMs'), sinceViewMs)),
  scrollPct: Math.max(scrollPct, Math.min(countAt(props, 'scrollPct'), 100)),
})
