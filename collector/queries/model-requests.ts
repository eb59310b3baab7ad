import Type, { type Static, type TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { type Answer, answered, refused } from './refusal.ts'

/** What requests about models hold (docs/api.md, Model). */

const From = Type.Union([Type.Literal('draft'), Type.Literal('file'), Type.Integer({ minimum: 1 })])
const strict = { additionalProperties: false }

const Publish = Type.Object(
  { from: Type.Optional(From), confirm: Type.Optional(Type.String({ maxLength: 200 })) },
  strict,
)
const Preview = Type.Union([
  Type.Object({ from: Type.Optional(From) }, strict),
  Type.Object({ source: Type.String() }, strict),
])
const Source = Type.Object({ source: Type.String() }, strict)

const reader =
  <T extends TSchema>(schema: T, form: string) =>
  (body: unknown): Answer<Static<T>> => {
    if (Check(schema, body)) return answered(body)
    const [error] = Errors(schema, body)
    const where = error?.instancePath || 'the body'
    return refused('invalid_body', `Expected ${form} as JSON; ${where} ${error?.message ?? 'is another'}.`)
  }

/** What to publish, the draft unless it says otherwise; and the word that its preview was seen. */
export const readPublish = reader(Publish, '{from?: "draft" | "file" | a version, confirm?: a text}')
export const readPreview = reader(Preview, '{from?: "draft" | "file" | a version} or {source: a text}')
export const readSource = reader(Source, '{source: a text}')
