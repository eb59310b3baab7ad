import type { Evidence } from '../../collector/contracts/evidence.ts'
import { fact } from './facts.ts'

/** Evidence of a human's page view at an instant; tests say only what they are about. */
export function seen(
  at: number,
  given: Partial<Evidence> & { category?: string; session?: string; type?: string } = {},
): Evidence {
  const { category, session, type, ...rest } = given
  const source = fact({ type: type ?? 'page_view', occurredAt: at, ...(session ? { session } : {}) })
  return {
    fact: source,
    at,
    traffic: { kind: 'human', evidence: null },
    page: {
      url: 'https://acme.example/',
      host: 'acme.example',
      path: '/',
      title: null,
      category: category ?? null,
      referrer: null,
    },
    asset: null,
    form: null,
    view: { id: source.id, engagedMs: 0, scrollPct: 0 },
    touchpoint: null,
    needs: [],
    traits: [],
    ...rest,
  }
}

/** A report on a view: its running totals. */
export const report = (at: number, view: Evidence, engagedMs: number): Evidence => ({
  ...view,
  fact: fact({ type: 'engagement', occurredAt: at, session: view.fact.session }),
  at,
  view: { id: view.fact.id, engagedMs, scrollPct: 0 },
})
