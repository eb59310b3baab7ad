import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import { findingsOf } from '../../collector/queries/findings.ts'
import { type Inquiry, inquire } from '../../collector/queries/inquiry.ts'
import { missingShapes } from '../../collector/queries/missing-shape.ts'
import { type ScoreShape, scoreShape } from '../../collector/queries/score-shape.ts'
import { ENGLISH } from '../../collector/queries/words/english.ts'
import { engagement, pageView } from '../support/facts.ts'
import { ANNA, idOf, leadId } from '../support/history.ts'
import { EXAMPLE, published } from '../support/model.ts'

interface Given {
  readonly versions?: readonly ModelVersion[]
  readonly email?: string
}

/** Asks about a person as of an instant, whatever is known of later. */
export function inquiryAt(facts: readonly Fact[], at: number, given: Given = {}): Inquiry {
  const { versions = [published(EXAMPLE)], email = ANNA } = given
  const ordered = [...facts].sort(byOccurrence)
  const inquiry = inquire({ site: 'site', facts: ordered, versions, idOf }, leadId(email), at)
  if (!inquiry) throw new Error(`nobody is ${email} at ${new Date(at).toISOString()}`)
  return inquiry
}

/** What is missing, as the API shows it. */
export function missingAt(facts: readonly Fact[], at: number, given: Given = {}) {
  const inquiry = inquiryAt(facts, at, given)
  const when = { at, timezone: inquiry.version.model.timezone }
  const missing = missingShapes(findingsOf(inquiry), ENGLISH, when)
  const texts = missing.map(({ text }) => text)
  const closers = missing.filter(({ kind }) => kind === 'closer')
  return { stage: inquiry.state.stage, missing, texts, closers }
}

export const scoreAt = (facts: readonly Fact[], at: number, given: Given = {}): ScoreShape =>
  scoreShape(inquiryAt(facts, at, given), ENGLISH, true)

/** A look at a page for some time, in a session of its own. */
export function visit(at: number, path = '/pricing', engagedMs = 20_000): readonly Fact[] {
  const view = pageView(at, path, { session: `session-${at}` })
  return [view, engagement(at + engagedMs, view, engagedMs)]
}
