import Type, { type Static } from 'typebox'
import { STAGES } from '../../../shared/stages.ts'
import type { ModelTest, ModelTestEvent } from '../../contracts/model.ts'
import { quoted, type Report } from '../problems.ts'
import { entriesOf, itemsOf, type Tree, treeAt } from '../tree.ts'
import { AnyScalar, Duration, millisOf, Name, Names, named, Text } from './basics.ts'
import { checkEventType, EventType } from './engagement.ts'
import { checkReference, type DefinedNames } from './names.ts'
import { checkTraitName } from './references.ts'

const closed = { additionalProperties: false }

/** Before the end of the test. */
const Ago = Type.Union(
  [Type.String({ pattern: '^(?:-\\d{1,6}(?:\\.\\d{1,3})?[smhdw]|0[smhdw])$' }), Type.Literal(0)],
  { description: 'a time before the end of the test, such as -20d or 0s' },
)

const TestEventEntry = Type.Object(
  {
    at: Ago,
    type: EventType,
    path: Type.Optional(
      Type.String({ pattern: '^/[^\\s\\p{Cc}]{0,1000}$', description: 'a path such as /pricing' }),
    ),
    title: Type.Optional(Text),
    file: Type.Optional(Text),
    form: Type.Optional(Text),
    session: Type.Optional(
      Type.Union([Name, Type.Integer({ minimum: 0 })], { description: 'the name or number of a session' }),
    ),
    engaged: Type.Optional(Duration),
    scroll: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100, description: 'a whole percentage such as 75' }),
    ),
    traits: Type.Optional(named(AnyScalar, 'traits such as { email: a@acme.example }')),
    props: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'properties of the event' }),
    ),
  },
  { ...closed, description: 'an event such as { at: -1h, type: page_view, path: /pricing }' },
)

/** `tests`: short stories and how they must end. */
export const TestEntry = Type.Object(
  {
    name: Text,
    events: Type.Array(TestEventEntry, { minItems: 1, description: 'a list of events' }),
    expect: Type.Object(
      { stage: Type.Enum([...STAGES]), because: Type.Optional(Names) },
      { ...closed, description: 'an ending such as { stage: mql, because: [demo] }' },
    ),
  },
  { ...closed, description: 'a test { name, events, expect }' },
)

export const modelTestOf = ({ name, events, expect }: Static<typeof TestEntry>): ModelTest => ({
  name,
  events: events.map(eventOf),
  expect: { stage: expect.stage, because: expect.because ?? [] },
})

const eventOf = (event: Static<typeof TestEventEntry>): ModelTestEvent => ({
  atMs: agoOf(event.at),
  type: event.type,
  path: event.path ?? null,
  title: event.title ?? null,
  file: event.file ?? null,
  form: event.form ?? null,
  session: event.session === undefined ? null : String(event.session),
  engagedMs: event.engaged === undefined ? null : millisOf(event.engaged),
  scrollPct: event.scroll ?? null,
  traits: event.traits ?? {},
  props: event.props ?? {},
})

const agoOf = (at: string | number): number =>
  typeof at === 'number' ? at : -millisOf(at.replace('-', '')) || 0

/** Which events take a key; elsewhere it would be ignored, and the test would prove less than it says. */
const EVENTS_OF_KEY: Readonly<Record<string, readonly string[]>> = {
  file: ['download'],
  form: ['form_submit', 'form_start', 'form_abandon'],
  engaged: ['page_view'],
  scroll: ['page_view'],
  traits: ['form_submit', 'identify'],
}

/** Reasons that exist, and events that say nothing that would be ignored. */
export function checkTest(tree: Tree, names: DefinedNames, report: Report): void {
  const rules = new Set([...names.fitRules, ...names.engagementRules])
  const aRule = { what: 'a rule', defined: rules, home: 'fit.rules or engagement.rules' }
  for (const reason of itemsOf(treeAt(tree, 'expect', 'because'))) checkReference(reason, aRule, report)
  for (const event of itemsOf(treeAt(tree, 'events'))) checkTestEvent(event, report)
}

function checkTestEvent(event: Tree, report: Report): void {
  const type = treeAt(event, 'type')
  checkEventType(type, report)
  if (typeof type?.value !== 'string') return
  if (type.value === 'engagement') {
    const fix = 'Write "engaged" on the page_view itself.'
    report(type, { expected: 'an event a test can tell', got: quoted(type.value), fix })
  }
  for (const [key, { key: place }] of entriesOf(event)) {
    const events = Object.hasOwn(EVENTS_OF_KEY, key) ? EVENTS_OF_KEY[key] : undefined
    if (!events || events.includes(type.value)) continue
    report(place, {
      expected: `"${key}" on ${events.join(', ')} only`,
      got: `"${key}" on ${quoted(type.value)}`,
    })
  }
  for (const [trait, { key: place }] of entriesOf(treeAt(event, 'traits')))
    checkTraitName(trait, place, report)
  if (type.value === 'download' && !treeAt(event, 'file')) {
    report(event, { expected: '"file" of a download', got: 'none', fix: 'Add file: name.pdf.' })
  }
}
