import Type, { type Static, type TSchema } from 'typebox'
import { EVENT_ID_PATTERN } from './ids.ts'
import { LIMITS } from './limits.ts'
import { STAGES } from './stages.ts'

/**
 * The event vocabulary: one entry per type, its props as a schema. Schemas validate in the collector and become the
 * published API description; the snippet takes only the types from here (`import type`), so no validator ships.
 */

const Text = Type.String({ maxLength: LIMITS.stringChars })
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** Of what a page says of a person only texts, numbers and booleans are read; other JSON travels along. */
const Traits = Type.Record(Type.String({ maxLength: LIMITS.nameChars }), Type.Unknown(), {
  maxProperties: LIMITS.keys,
})

/** A control of a submitted form, as the page describes it. `value` is present only for fields that are safe to send. */
export const FormField = Type.Object(
  {
    name: Type.Optional(Text),
    id: Type.Optional(Text),
    type: Type.Optional(Text),
    autocomplete: Type.Optional(Text),
    label: Type.Optional(Text),
    placeholder: Type.Optional(Text),
    /** the trait that the page's owner says it is */
    'data-goldpan-field': Type.Optional(Text),
    value: Type.String({ maxLength: LIMITS.fieldValueChars }),
  },
  { additionalProperties: false },
)
export type FormField = Static<typeof FormField>

/** Which form: its id, name and the path it submits to, as far as the page gives them. */
const FormRef = Type.Object(
  { id: Type.Optional(Text), name: Type.Optional(Text), action: Type.Optional(Text) },
  { additionalProperties: false },
)

/** Free-form props of a custom event: JSON, its depth and key counts are checked apart (limits.ts). */
const AnyProps = Type.Record(Type.String(), Type.Unknown())

export const EVENT_PROPS = {
  /** A page was shown. Its page says which. */
  page_view: AnyProps,
  /** Running totals of one view: how long it was visible and focused, how far it was scrolled. */
  engagement: Type.Object({
    view: Type.String({ pattern: EVENT_ID_PATTERN }),
    engagedMs: Count,
    /** of the page's height; a little over 100 at some zooms, and read as 100 */
    scrollPct: Type.Optional(Count),
  }),
  /** A file was fetched from a link. `file` is the name it is saved under: the link's own, else that in the URL. */
  download: Type.Object({ url: Text, file: Type.Optional(Text) }),
  outbound_click: Type.Object({ url: Text }),
  form_start: Type.Object({ form: FormRef }),
  form_abandon: Type.Object({ form: FormRef }),
  form_submit: Type.Object({
    form: FormRef,
    fields: Type.Array(FormField, { maxItems: LIMITS.formFields }),
    /** names of controls that hold something, though nobody could see them, nobody typed and the page put nothing there */
    traps: Type.Optional(Type.Array(Text, { maxItems: LIMITS.formFields })),
  }),
  /** The page or a server says who this is. */
  identify: Type.Object({
    email: Type.Optional(Text),
    phone: Type.Optional(Text),
    traits: Type.Optional(Traits),
  }),
  /** The page or a server says which company this person is with: the company's id there, and what is known of it. */
  group: Type.Object({
    group: Type.String({ minLength: 1, maxLength: LIMITS.stringChars }),
    traits: Type.Optional(Traits),
  }),
  web_vital: Type.Object({ name: Text, value: Type.Number(), rating: Type.Optional(Text) }),
  consent: Type.Object({
    state: Type.Union([Type.Literal('granted'), Type.Literal('denied')]),
    text: Type.Optional(Type.String({ maxLength: LIMITS.fieldValueChars })),
  }),
  /**
   * A person (sales, operator) moved a lead. Comes through the API's transitions route alone, never over the wire of
   * visitors.
   */
  decision: Type.Object({
    to: Type.Union(STAGES.map(stage => Type.Literal(stage))),
    reason: Text,
    note: Type.Optional(Type.String({ maxLength: LIMITS.fieldValueChars })),
    amount: Type.Optional(Type.Number({ minimum: 0 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  }),
  /** A person says that another lead is this one. Through the API's merge route alone. */
  merge: Type.Object({ lead: Text }),
  /** A person takes that back. */
  unmerge: Type.Object({ lead: Text }),
  /**
   * A person says who is behind a visitor's whole timeline: a traffic kind (docs/api.md), or `auto` to leave it to the
   * collector again. Through the API's traffic route alone.
   */
  reclassify: Type.Object({ kind: Text, reason: Type.Optional(Text) }),
} as const satisfies Record<string, TSchema>

export type KnownEventType = keyof typeof EVENT_PROPS
export type PropsOf<K extends KnownEventType> = Static<(typeof EVENT_PROPS)[K]>

/** Any other name is a custom event, its props free-form within the limits. */
export const CUSTOM_PROPS = AnyProps

/** Types a visitor's browser may not send: people's words come through the API with a name behind them. */
export const RESERVED_TYPES: ReadonlySet<string> = new Set<KnownEventType>([
  'decision',
  'merge',
  'unmerge',
  'reclassify',
])

/** The page an event happened on, as the browser saw it. `url` is absolute, its query already cut to the allow-list. */
export const Page = Type.Object(
  { url: Text, title: Type.Optional(Text), referrer: Type.Optional(Text) },
  { additionalProperties: false },
)
export type Page = Static<typeof Page>
