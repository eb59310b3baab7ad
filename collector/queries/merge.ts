import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { LIMITS } from '../../shared/limits.ts'
import type { Fact } from '../contracts/facts.ts'
import type { PersonState } from '../contracts/state.ts'
import { mergesIn } from '../identity/merges.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** What a person asks for with `POST /v1/leads/:id/merge` and `…/unmerge`: the id of the other lead. */
const MergeRequest = Type.Object(
  { lead: Type.String({ minLength: 1, maxLength: LIMITS.stringChars }) },
  { additionalProperties: false },
)
export type MergeRequest = Static<typeof MergeRequest>

export const readMerge = (body: unknown): Answer<MergeRequest> =>
  Check(MergeRequest, body)
    ? answered(body)
    : refused('invalid_body', 'Expected {lead}, the id of the other lead; got another body.')

/** Both must be leads: what is anonymous joins by its own claim, unless it only typed this lead's address. */
export function checkMerge(into: PersonState, other: PersonState): Answer<null> {
  if (into.id === other.id) return refused('illegal_merge', 'lead: expected another lead, got the same.')
  if (into.isTest !== other.isTest)
    return refused(
      'illegal_merge',
      'Expected two leads of one kind, got one made with the test key and one without.',
    )
  const anonymous = [into, other].find(({ identifier, claims }) => identifier === null && claims !== into.id)
  return anonymous
    ? refused('illegal_merge', `Expected two leads, but nobody knows yet who ${anonymous.id} is.`)
    : answered(null)
}

/** @param facts of the lead's component, in order of occurrence */
export const checkUnmerge = (facts: readonly Fact[], into: string, other: string): Answer<null> =>
  mergesIn(facts).some(merge => merge.into === into && merge.from === other)
    ? answered(null)
    : refused(
        'illegal_merge',
        `lead: expected a lead that was merged into this one, got ${JSON.stringify(other)}.`,
      )
