import type { Condition, ScoringModel } from '../../contracts/model.ts'
import { conditionChange, engagementChange, fitChange, gateChange } from './change-words.ts'
import { WHOLE_PARTS } from './whole-parts.ts'

/** One thing in which two models differ, and what each would be but for it. */
export interface ModelChange {
  /** `fit.rules:it-company`, `mql.when:engagement`, `pages` */
  readonly id: string
  readonly text: string
  /** the new model with this one thing as it was */
  readonly reverted: ScoringModel
  /** the old model with this one thing as it will be */
  readonly applied: ScoringModel
}

export interface Models {
  readonly old: ScoringModel
  readonly new: ScoringModel
}
type Side = keyof Models

/** A difference as an act: gives a model the part that one of the two has. */
interface Difference {
  readonly id: string
  readonly section: string
  readonly text: string
  readonly put: (model: ScoringModel, from: Side) => ScoringModel
}

/** With more differences than this, those of one section are taken together: nobody reads a longer list (our choice). */
const MOST = 24

/** Everything in which two models differ that may decide who is an MQL, and for how long. */
export function changesBetween(models: Models): readonly ModelChange[] {
  const all = differences(models)
  return (all.length > MOST ? bySection(all) : all).map(({ id, text, put }) => ({
    id,
    text,
    reverted: put(models.new, 'old'),
    applied: put(models.old, 'new'),
  }))
}

const differences = (models: Models): readonly Difference[] => [
  ...conditions(models),
  ...wholes(models),
  ...listed(models, 'fit.rules', fitChange, {
    read: ({ fit }) => fit.rules,
    write: (model, rules) => ({ ...model, fit: { ...model.fit, rules } }),
  }),
  ...listed(models, 'engagement.rules', engagementChange, {
    read: ({ engagement }) => engagement.rules,
    write: (model, rules) => ({ ...model, engagement: { ...model.engagement, rules } }),
  }),
  ...listed(models, 'disqualify', gateChange, {
    read: ({ disqualify }) => disqualify,
    write: (model, disqualify) => ({ ...model, disqualify }),
  }),
]

const wholes = (models: Models): readonly Difference[] =>
  WHOLE_PARTS.filter(({ of }) => !same(of(models.old), of(models.new))).map(({ id, put, say }) => ({
    id,
    section: id,
    text: say(models.old, models.new),
    put: (model, from) => put(model, models[from]),
  }))

/** Lists whose entries have ids and stand each for itself. */
function listed<T extends { readonly id: string }>(
  models: Models,
  section: string,
  say: (from: T | null, to: T | null) => string,
  list: {
    readonly read: (model: ScoringModel) => readonly T[]
    readonly write: (model: ScoringModel, entries: readonly T[]) => ScoringModel
  },
): readonly Difference[] {
  const ids = new Set([...list.read(models.old), ...list.read(models.new)].map(({ id }) => id))
  return [...ids].flatMap(id => {
    const entry = (side: Side): T | null => list.read(models[side]).find(one => one.id === id) ?? null
    const [from, to] = [entry('old'), entry('new')]
    if (same(from, to)) return []
    const put: Difference['put'] = (model, side) =>
      list.write(
        model,
        exchanged(list.read(model), one => one.id === id, entry(side)),
      )
    return { id: `${section}:${id}`, section, text: say(from, to), put }
  })
}

/** The top-level conditions of `when`: those about one key belong together. */
function conditions(models: Models): readonly Difference[] {
  const gone = partsOf(models.old).filter(part => !partsOf(models.new).some(other => same(part, other)))
  const come = partsOf(models.new).filter(part => !partsOf(models.old).some(other => same(part, other)))
  const pairs = gone.map(from => {
    const at = come.findIndex(to => topicOf(to) === topicOf(from))
    return { from, to: at < 0 ? null : (come.splice(at, 1)[0] ?? null) }
  })
  return [...pairs, ...come.map(to => ({ from: null, to }))].map(({ from, to }, index) => ({
    id: `mql.when:${index + 1}`,
    section: 'mql.when',
    text: conditionChange(from, to),
    put: (model, side) => {
      const [out, into] = side === 'old' ? [to, from] : [from, to]
      const when = { all: exchanged(partsOf(model), part => same(part, out), into) }
      return { ...model, mql: { ...model.mql, when } }
    },
  }))
}

const partsOf = ({ mql: { when } }: ScoringModel): readonly Condition[] => ('all' in when ? when.all : [when])

const topicOf = (condition: Condition): string =>
  'key' in condition ? condition.key : Object.keys(condition).join()

/** The list with an entry put in the place of another; null leaves the place empty. */
function exchanged<T>(list: readonly T[], isOut: (entry: T) => boolean, into: T | null): readonly T[] {
  const at = list.findIndex(isOut)
  const others = list.filter(entry => !isOut(entry))
  return into === null ? others : others.toSpliced(at < 0 ? others.length : at, 0, into)
}

const bySection = (all: readonly Difference[]): readonly Difference[] =>
  [...new Set(all.map(({ section }) => section))].map(section => {
    const own = all.filter(difference => difference.section === section)
    const [only] = own
    if (own.length === 1 && only) return only
    return {
      id: section,
      section,
      text: `${own.length} changes in ${section}`,
      put: (model, from) => own.reduce((changed, { put }) => put(changed, from), model),
    }
  })

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
