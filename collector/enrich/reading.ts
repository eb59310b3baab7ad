import { decodePercent } from '../../shared/glob.ts'
import type { Evidence, PageFacts, TraitClaim } from '../contracts/evidence.ts'
import type { Fact } from '../contracts/facts.ts'
import type { ScoringModel } from '../contracts/model.ts'
import type { Behaviour } from './behaviour.ts'
import { type Landing, type Lens, lensOf, pageFacts } from './lens.ts'
import { lastSegment } from './pages.ts'
import { propsAt, textAt } from './props.ts'
import { startTouchpoints } from './touchpoint.ts'
import { machineBehind, startTraffic } from './traffic.ts'
import { traitsOf } from './traits.ts'
import { startViews } from './views.ts'

/**
 * Starts reading one person's facts under a model, in the light of how their timelines go. Give the returned function the
 * facts in order of occurrence: it remembers their views and sessions, so that reports find their view and events their
 * session's touchpoint.
 */
export function startReading(model: ScoringModel, behaviour: Behaviour): (fact: Fact) => Evidence {
  const lens = lensOf(model)
  const trafficOf = startTraffic(lens.trafficLists, behaviour)
  const seenIn = startViews()
  const touchpointOf = startTouchpoints()
  return fact => {
    const traits = fact.noted?.click && machineBehind(fact, behaviour) ? NO_TRAITS : traitsOf(fact)
    const landing = fact.page && lens.url(fact.page.url)
    const ownPage = landing && fact.page && pageFacts(landing, fact.page)
    const { page, view } = seenIn(fact, ownPage)
    const asset = assetOf(fact, lens)
    return {
      fact,
      at: fact.occurredAt,
      traffic: trafficOf(fact, traits),
      page,
      asset,
      form: formOf(fact, ownPage, lens),
      view,
      touchpoint: touchpointOf(fact, ownPage, landing?.reading?.campaign ?? null),
      needs: needsOf(fact, landing, asset, traits, lens),
      traits,
    }
  }
}

/** A program that follows a signed link has not read the mail. */
const NO_TRAITS: readonly TraitClaim[] = []

function assetOf(fact: Fact, lens: Lens): Evidence['asset'] {
  const name = fact.type === 'download' ? textAt(fact.props, 'file') : null
  if (name === null) return null
  const file = decodePercent(name)
  return { file, depth: lens.assetDepth(file) }
}

const FORM_EVENTS: ReadonlySet<string> = new Set(['form_start', 'form_submit', 'form_abandon'])

/**
 * The form's own id and name speak first, then where it is sent, then the page it stands on: a newsletter box in the
 * footer of /demo is no demo request.
 */
function formOf(fact: Fact, page: PageFacts | null, lens: Lens): Evidence['form'] {
  if (!FORM_EVENTS.has(fact.type)) return null
  const form = propsAt(fact.props, 'form')
  const [id, name, action] = [textAt(form, 'id'), textAt(form, 'name'), textAt(form, 'action')]
  const names = [id, name, lastSegment(action ?? ''), lastSegment(page?.path ?? '')]
  const kinds = names.map(candidate => (candidate === null ? null : lens.formKind(candidate)))
  return { id: id ?? name, kind: kinds.find(kind => kind !== null) ?? null }
}

/** A site's own search is the custom event `search`, the query in one of these props. */
const SEARCH_EVENT = 'search'
const SEARCH_PROPS = ['query', 'term', 'q', 'keyword', 'search_term']

const NO_NEEDS: readonly string[] = []

function needsOf(
  fact: Fact,
  landing: Landing | null,
  asset: Evidence['asset'],
  traits: readonly TraitClaim[],
  { needs }: Lens,
): readonly string[] {
  const visited = landing?.needs ?? NO_NEEDS
  if (traits.length === 0 && asset === null && fact.type !== SEARCH_EVENT) return visited
  const written = traits.filter(({ name }) => name === 'message').map(({ value }) => String(value))
  const searched = fact.type === SEARCH_EVENT ? SEARCH_PROPS.map(key => textAt(fact.props, key) ?? '') : []
  const told = [...written, ...searched].flatMap(needs.inText)
  const fetched = asset === null ? [] : needs.inFile(asset.file)
  return told.length + fetched.length === 0 ? visited : [...new Set([...visited, ...fetched, ...told])]
}
