import type { ScoringModel } from '../../contracts/model.ts'
import { fastTrackChange } from './change-words.ts'
import { durationWords } from './words.ts'

/** A part of a model that changes as one: how to read it, to put it into a model, and to say what changed. */
export interface WholePart {
  readonly id: string
  readonly of: (model: ScoringModel) => unknown
  readonly put: (model: ScoringModel, from: ScoringModel) => ScoringModel
  readonly say: (from: ScoringModel, to: ScoringModel) => string
}

/** In lists of globs the first match wins, so their entries do not stand alone. */
export const WHOLE_PARTS: readonly WholePart[] = [
  {
    id: 'timezone',
    of: ({ timezone }) => timezone,
    put: (model, { timezone }) => ({ ...model, timezone }),
    say: (from, to) => `days are those of ${to.timezone} instead of ${from.timezone}`,
  },
  {
    id: 'pages',
    of: ({ pages }) => pages,
    put: (model, { pages }) => ({ ...model, pages }),
    say: (from, to) => `which pages are ${differing(byName(from.pages), byName(to.pages))}`,
  },
  {
    id: 'assets',
    of: ({ assets }) => assets,
    put: (model, { assets }) => ({ ...model, assets }),
    say: (from, to) => `which downloads are ${differing(byName(from.assets), byName(to.assets))}`,
  },
  {
    id: 'forms',
    of: ({ forms }) => forms,
    put: (model, { forms }) => ({ ...model, forms }),
    say: (from, to) => `which forms are ${differing(byName(from.forms), byName(to.forms))}`,
  },
  {
    id: 'lists',
    of: ({ lists }) => lists,
    put: (model, { lists }) => ({ ...model, lists }),
    say: (from, to) => `who is on the list ${differing(from.lists, to.lists)}`,
  },
  {
    id: 'needs',
    of: ({ needs }) => needs,
    put: (model, { needs }) => ({ ...model, needs }),
    say: (from, to) => `what shows a need of ${differing(byTag(from.needs), byTag(to.needs))}`,
  },
  {
    id: 'fit.grades',
    of: ({ fit }) => fit.grades,
    put: (model, { fit: { grades } }) => ({ ...model, fit: { ...model.fit, grades } }),
    say: (from, to) => `grades A, B, C from ${bounds(to)} instead of ${bounds(from)}`,
  },
  {
    id: 'engagement.halfLife',
    of: ({ engagement }) => engagement.halfLifeMs,
    put: (model, { engagement: { halfLifeMs } }) => ({
      ...model,
      engagement: { ...model.engagement, halfLifeMs },
    }),
    say: ({ engagement: from }, { engagement: to }) =>
      `points halve in ${durationWords(to.halfLifeMs)} instead of ${durationWords(from.halfLifeMs)}`,
  },
  {
    id: 'mql.exit',
    of: ({ mql }) => mql.exit,
    put: (model, { mql: { exit } }) => ({ ...model, mql: { ...model.mql, exit } }),
    say: (from, to) => `an MQL falls back below ${exitOf(to)} instead of ${exitOf(from)}`,
  },
  {
    id: 'mql.dwell',
    of: ({ mql }) => mql.dwellMs,
    put: (model, { mql: { dwellMs } }) => ({ ...model, mql: { ...model.mql, dwellMs } }),
    say: ({ mql: from }, { mql: to }) =>
      `an MQL stays one for ${durationWords(to.dwellMs)} at least instead of ${durationWords(from.dwellMs)}`,
  },
  {
    id: 'mql.fastTrack',
    of: ({ mql }) => mql.fastTrack,
    put: (model, { mql: { fastTrack } }) => ({ ...model, mql: { ...model.mql, fastTrack } }),
    say: (from, to) => fastTrackChange(from.mql.fastTrack, to.mql.fastTrack),
  },
]

const exitOf = ({ mql }: ScoringModel): string =>
  mql.exit ? `engagement ${mql.exit.engagement}` : 'what makes an MQL'

const bounds = ({ fit: { grades } }: ScoringModel): string => `${grades.A}, ${grades.B}, ${grades.C}`

const byName = (groups: readonly { readonly name: string }[]) =>
  Object.fromEntries(groups.map(group => [group.name, group]))

const byTag = (needs: ScoringModel['needs']) => Object.fromEntries(needs.map(need => [need.tag, need]))

/** Names whose entries differ; when none do, it is their order. */
function differing(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): string {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  const different = names.filter(name => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
  return different.length > 0 ? different.join(', ') : `which, by their order: ${names.join(', ')}`
}
