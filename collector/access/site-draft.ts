import Type from 'typebox'
import { Check } from 'typebox/value'
import { CONSENT_MODES } from '../storage/store.ts'
import type { SiteDraft } from './sites.ts'

/** Body of `POST /v1/sites`, and what `goldpan site create` is given. Without an id one is made of the name. */
const SiteInput = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$' })),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    origins: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 100 })),
    consent: Type.Optional(Type.Enum([...CONSENT_MODES])),
    params: Type.Optional(Type.Array(Type.String({ pattern: '^[\\w.-]{1,64}$' }), { maxItems: 50 })),
    progressive: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

const EXPECTED =
  'expected {"name": "…", "origins": ["https://www.example.com"], "id"?: lower-case letters, digits and dashes, 40 at most, ' +
  `"consent"?: ${CONSENT_MODES.join(' or ')}, "params"?: ["plan"], names of letters, digits, dots, dashes and underscores, "progressive"?: true or false}`

/** @returns the draft, or in words what is wrong with the input */
export function siteDraftOf(input: unknown): SiteDraft | string {
  if (!Check(SiteInput, input)) return `${EXPECTED}, came something else. Mend the body.`
  const origins = (input.origins ?? []).map(text => ({ text, origin: originOf(text) }))
  const wrong = origins.find(({ origin }) => origin === null)
  if (wrong)
    return `origins: expected addresses like https://www.example.com, without a path, came ${JSON.stringify(wrong.text)}. Cut it to scheme and host.`
  const id = input.id ?? idOf(input.name)
  if (id === '')
    return `id: expected one, for the name ${JSON.stringify(input.name)} has no Latin letters or digits to make one of. Add "id".`
  const { name, consent, params, progressive } = input
  return {
    id,
    name,
    origins: origins.flatMap(({ origin }) => origin ?? []),
    ...(consent && { consent }),
    ...(params && { params: [...new Set(params)] }),
    ...(progressive !== undefined && { progressive }),
  }
}

/** As browsers write it in the Origin header; null for what is not an origin. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const isBare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return url && isBare && /^https?:$/.test(url.protocol) ? url.origin : null
}

const idOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
