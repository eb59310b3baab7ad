import type { Page } from '../../shared/events.ts'
import { memo, memoByObject } from '../../shared/memo.ts'
import type { PageFacts } from '../contracts/evidence.ts'
import type { ScoringModel } from '../contracts/model.ts'
import { compileGlobs } from './globs.ts'
import { compileList } from './lists.ts'
import { compileNeeds, type NeedFinder } from './needs.ts'
import { pageCategory } from './page-category.ts'
import { readUrl, type UrlReading } from './pages.ts'
import { TRAFFIC_LISTS, type TrafficList } from './traffic.ts'

/** A model's globs, lists and needs made ready to look at facts through. */
export interface Lens {
  readonly url: (url: string) => Landing
  readonly assetDepth: (file: string) => string | null
  readonly formKind: (name: string) => string | null
  readonly needs: NeedFinder
  readonly trafficLists: readonly TrafficList[]
}

/** What a model makes of a URL, whoever opens it. */
export interface Landing {
  /** null: not a URL */
  readonly reading: UrlReading | null
  readonly category: string | null
  readonly needs: readonly string[]
}

const URLS_KEPT = 10_000
const NAMES_KEPT = 1_000
const NOWHERE: Landing = { reading: null, category: null, needs: [] }

/** Compiled once per model object, and forgotten with it. */
export const lensOf = memoByObject((model: ScoringModel): Lens => {
  const category = compileGlobs(model.pages)
  const needs = compileNeeds(model.needs)
  return {
    url: memo(URLS_KEPT, url => {
      const reading = readUrl(url)
      if (reading === null) return NOWHERE
      const { host, path, campaign } = reading
      const tags = [...needs.onPage(path), ...needs.inText(campaign.utm.term ?? '')]
      return { reading, category: category(path) ?? pageCategory(host, path), needs: [...new Set(tags)] }
    }),
    assetDepth: memo(NAMES_KEPT, compileGlobs(model.assets, 'name')),
    formKind: memo(NAMES_KEPT, compileGlobs(model.forms, 'name')),
    needs,
    trafficLists: Object.entries(TRAFFIC_LISTS).flatMap(([name, kind]) => {
      const list = model.lists[name]
      return list === undefined ? [] : [{ name, kind, test: compileList(list) }]
    }),
  }
})

/** The page of one event; null when its URL is none. */
export const pageFacts = ({ reading, category }: Landing, { title, referrer }: Page): PageFacts | null =>
  reading && {
    url: reading.url,
    host: reading.host,
    path: reading.path,
    title: title ?? null,
    category,
    referrer: referrer ?? null,
  }
