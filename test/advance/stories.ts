import type { Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { download, engagement, form, NOON, pageView } from '../support/facts.ts'
import { ANNA } from '../support/history.ts'

export const HEAD = { email: ANNA, jobTitle: 'Ръководител на маркетинга', industry: 'IT', company: 'Acme' }

export const pricingVisit = (at: number, given: Partial<Fact> = {}): Fact[] => {
  const view = pageView(at, '/pricing', { session: `s-${at}`, ...given })
  return [view, engagement(at + 20_000, view, 20_000, given)]
}

/** Worked example 1 up to, but without, the profile. */
export const reader = (days: readonly number[]): Fact[] => [
  form(NOON - 20 * DAY_MS, 'newsletter-footer', { email: ANNA }),
  download(NOON - 9 * DAY_MS, '10-strategies-guide.pdf'),
  ...days.flatMap(day => pricingVisit(NOON - day * DAY_MS - HOUR_MS)),
]
export const profile = (at: number, traits: Record<string, string> = HEAD): Fact =>
  form(at, 'profile', traits)

export const qualified: readonly Fact[] = [...reader([8, 4, 0]), profile(NOON)]
