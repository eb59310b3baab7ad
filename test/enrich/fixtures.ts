import type { Fact } from '../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import type { FormField } from '../../shared/events.ts'

export const AT = Date.UTC(2026, 2, 2, 9)

let made = 0

/** A browser's fact; what is not given is as plain as can be. */
export const fact = (given: Partial<Fact> = {}): Fact => {
  const occurredAt = given.occurredAt ?? AT
  return {
    id: `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
    site: 'site',
    subject: 'visitor-1',
    visitor: 'visitor-1',
    session: 'session-1',
    type: 'page_view',
    occurredAt,
    receivedAt: occurredAt,
    page: null,
    props: {},
    origin: 'browser',
    actor: null,
    ip: null,
    userAgent: null,
    tooLate: false,
    noted: null,
    ...given,
  }
}

export const submit = (fields: readonly FormField[], given: Partial<Fact> = {}): Fact =>
  fact({ type: 'form_submit', props: { form: { id: 'contact' }, fields }, ...given })

export const model = (given: Partial<ScoringModel> = {}): ScoringModel => ({
  name: 'test',
  timezone: 'Europe/Sofia',
  currency: 'EUR',
  pages: [],
  assets: [],
  forms: [],
  lists: {},
  fit: { grades: { A: 70, B: 45, C: 20 }, rules: [] },
  engagement: { halfLifeMs: 14 * 86_400_000, rules: [] },
  needs: [],
  disqualify: [],
  mql: { when: { all: [] }, exit: null, dwellMs: 0, fastTrack: null },
  handoff: 'automatic',
  recycle: { newPoints: 0, cooldownMs: { default: 0 } },
  sla: null,
  tests: [],
  ...given,
})
