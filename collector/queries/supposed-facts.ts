import { SECOND_MS } from '../../shared/time.ts'
import type { Fact } from '../contracts/facts.ts'
import type { EngagementRule, GlobGroup, ScoringModel } from '../contracts/model.ts'
import { type Lens, lensOf } from '../enrich/lens.ts'
import { type Wish, waysToMeet } from './wishes.ts'

/** What a person does once, as the facts it would leave, in a session of its own. `name` tells it from all others. */
export type Deed = (at: number, name: string) => readonly Fact[]

/** Deeds that should match a rule. Each is an attempt; whether it matches is for the rules to say. */
export function deedsFor(rule: EngagementRule, model: ScoringModel): readonly Deed[] {
  const wishes = rule.if === null ? [{}] : waysToMeet(rule.if)
  return wishes.map(wish => (at: number, name: string) => factsOf(rule.on, wish, model, { at, name }))
}

/** Somebody says who the person is: the traits of a wish. */
export const tellingOf =
  (traits: Wish): Deed =>
  (at, name) => [supposed('identify', { at, name }, { props: { traits } })]

/** A look at a page that no rule is about: anything at all. */
export const lookingAround: Deed = (at, name) => [
  supposed('page_view', { at, name }, { page: { url: 'https://supposed.invalid/' } }),
]

interface Occasion {
  readonly at: number
  readonly name: string
}

function factsOf(on: string, wish: Wish, model: ScoringModel, occasion: Occasion): readonly Fact[] {
  const lens = lensOf(model)
  const fact = supposed(on, occasion, {
    page: { url: urlFor(wish, model, lens), ...titleIn(wish) },
    props: propsFor(on, wish, model, lens),
  })
  const reported = on === 'page_view' && ('engaged' in wish || 'scroll' in wish)
  return reported ? [fact, reportOn(fact, wish, occasion)] : [fact]
}

/** Ids sort behind every event's, so that what is supposed comes last of its millisecond. */
const supposed = (type: string, { at, name }: Occasion, given: Partial<Fact>): Fact => ({
  id: `~${name}`,
  site: '',
  subject: 'supposed',
  visitor: null,
  session: `~${name}`,
  type,
  occurredAt: at,
  receivedAt: at,
  page: null,
  props: {},
  origin: 'browser',
  actor: null,
  ip: null,
  userAgent: null,
  tooLate: false,
  noted: null,
  ...given,
})

/** Nobody is engaged for longer than since the view began, so the report comes that much later. */
function reportOn(view: Fact, wish: Wish, { at, name }: Occasion): Fact {
  const engagedMs = Number(wish.engaged ?? SECOND_MS)
  const props = { view: view.id, engagedMs, scrollPct: Number(wish.scroll ?? 0) }
  const report = supposed('engagement', { at: at + engagedMs, name }, { page: view.page, props })
  return { ...report, id: `${view.id}~` }
}

function urlFor(wish: Wish, { pages }: ScoringModel, { url }: Lens): string {
  const host = textIn(wish, 'page.host') ?? 'supposed.invalid'
  const category = textIn(wish, 'page.category')
  const sample =
    category === null
      ? null
      : sampleOf([...pages, byDefault(category)], category, path => url(`https://${host}${path}`).category)
  const path = textIn(wish, 'page.path') ?? sample ?? '/'
  const utm = Object.entries(wish).filter(([key]) => key.startsWith('utm.'))
  const query = new URLSearchParams(
    Object.fromEntries(utm.map(([key, value]) => [key.replace('.', '_'), String(value)])),
  )
  return `https://${host}${path.startsWith('/') ? '' : '/'}${path}${query.size > 0 ? `?${query}` : ''}`
}

function propsFor(on: string, wish: Wish, model: ScoringModel, lens: Lens): Fact['props'] {
  if (on === 'download') {
    const depth = textIn(wish, 'asset.depth')
    const sample = depth === null ? null : sampleOf(model.assets, depth, lens.assetDepth)
    return { file: textIn(wish, 'asset.file') ?? sample ?? 'supposed' }
  }
  const kind = textIn(wish, 'form.kind')
  const sample = kind === null ? null : sampleOf(model.forms, kind, lens.formKind)
  const form = { id: textIn(wish, 'form.id') ?? sample ?? 'supposed' }
  return { ...(on.startsWith('form_') ? { form, fields: [] } : {}), ...customProps(wish) }
}

/** `props.plan.name: x` as the object it reads. */
function customProps(wish: Wish): Fact['props'] {
  const props: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(wish)) {
    if (!key.startsWith('props.')) continue
    const [name = '', ...inner] = key.slice('props.'.length).split('.')
    props[name] = inner.reduceRight<unknown>((held, part) => ({ [part]: held }), value)
  }
  return props
}

/** Where no pattern gives a category, its own name as a path does (enrich/page-category.ts). */
const byDefault = (category: string): GlobGroup => ({
  name: category,
  globs: [`/${category.replaceAll('_', '-')}`],
})

/** A text that the model takes for the wanted kind: a glob of it without its stars, or with something in their place. */
function sampleOf(
  groups: readonly GlobGroup[],
  wanted: string,
  kindOf: (text: string) => string | null,
): string | null {
  const globs = groups.filter(({ name }) => name === wanted).flatMap(group => group.globs)
  const samples = globs.flatMap(glob =>
    ['', 'x'].map(filler => glob.replace(/\/\*\*$/, '').replaceAll(/\*+/g, filler)),
  )
  return samples.find(sample => kindOf(sample) === wanted) ?? null
}

const textIn = (wish: Wish, key: string): string | null => {
  const value = wish[key]
  return value === undefined ? null : String(value)
}

const titleIn = (wish: Wish): { readonly title?: string } => {
  const title = textIn(wish, 'page.title')
  return title === null ? {} : { title }
}
