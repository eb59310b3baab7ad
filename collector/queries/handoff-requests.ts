import Type from 'typebox'
import { Check } from 'typebox/value'
import type { Chosen } from './handoff-answers.ts'
import { SiteParams, TimelineParams } from './params.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** What requests about hand-offs hold (docs/api.md, Hand-offs). */

export const HandoffsParams = Type.Object({
  ...SiteParams.properties,
  status: Type.Optional(Type.Literal('waiting', { description: 'waiting' })),
  ...TimelineParams.properties,
})

const strict = { additionalProperties: false }
const Id = Type.String({ minLength: 1, maxLength: 200 })
const Ids = Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 500 }) }, strict)
const OfModel = Type.Object({ model: Type.Integer({ minimum: 1 }) }, strict)
const All = Type.Object({ all: Type.Literal(true) }, strict)

export function readChosen(body: unknown): Answer<Chosen> {
  if (Check(Ids, body) || Check(OfModel, body) || Check(All, body)) return answered(body)
  return refused(
    'invalid_body',
    'Expected one of {ids: […]} with at most 500 ids, {model: version} for those that a version made, or {all: true}.',
  )
}
