import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { LIMITS } from '../../shared/limits.ts'
import { traitValue } from '../enrich/values.ts'
import type { Store } from '../storage/store.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { siteOf } from './site.ts'

const Word = Type.String({ minLength: 1, maxLength: LIMITS.stringChars })

/** Body of `POST /v1/privacy/…`: a person of a site, by the address they go by or by the id of the lead. */
const PersonRequest = Type.Object(
  { site: Type.Optional(Word), email: Type.Optional(Word), lead: Type.Optional(Word) },
  { additionalProperties: false },
)

/** What was sent may be somebody's address all the same, mistyped: answers and their logs do not hold it. */
export const NO_ADDRESS = refused('invalid_body', 'email: expected a person’s address, got another text.')

/** Who is meant, by one of the two. */
export type PersonRequest = Omit<Static<typeof PersonRequest>, 'site'> & { readonly site: string }

export async function readPersonRequest(store: Store, body: unknown): Promise<Answer<PersonRequest>> {
  if (!Check(PersonRequest, body) || (body.email === undefined) === (body.lead === undefined))
    return refused(
      'invalid_body',
      'Expected {"site": "…", "email": "…"} or {"site": "…", "lead": "…"}, got another body.',
    )
  const { site: asked, ...who } = body
  if (who.email !== undefined && traitValue('email', who.email) === null) return NO_ADDRESS
  const site = await siteOf(store, asked)
  return site.ok ? answered({ ...who, site: site.value }) : site
}
