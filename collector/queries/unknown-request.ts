import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { CLIENT_ID_PATTERN } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/limits.ts'

/** Body of `POST /v1/profile/unknown`. No address: whom one belongs to is nothing a page may ask. */
const UnknownBody = Type.Object(
  {
    site: Type.String({ minLength: 1, maxLength: 64 }),
    visitor: Type.String({ pattern: CLIENT_ID_PATTERN }),
    fields: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: LIMITS.nameChars }), { maxItems: LIMITS.keys }),
    ),
  },
  { additionalProperties: false },
)
export type UnknownBody = Static<typeof UnknownBody>

export const isUnknownBody = (input: unknown): input is UnknownBody => Check(UnknownBody, input)
