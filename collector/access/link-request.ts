import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { CLIENT_ID_PATTERN } from '../../shared/ids.ts'

const Key = Type.String({ minLength: 1, maxLength: 64 })

/** Body of `POST /v1/link`. */
const LinkRequest = Type.Object({ site: Key, visitor: Type.String({ pattern: CLIENT_ID_PATTERN }) })
export type LinkRequest = Static<typeof LinkRequest>

/** Body of `POST /v1/link/redeem`. */
const RedeemRequest = Type.Object({ site: Key, token: Type.String({ minLength: 1, maxLength: 200 }) })
export type RedeemRequest = Static<typeof RedeemRequest>

export const isLinkRequest = (input: unknown): input is LinkRequest => Check(LinkRequest, input)
export const isRedeemRequest = (input: unknown): input is RedeemRequest => Check(RedeemRequest, input)
