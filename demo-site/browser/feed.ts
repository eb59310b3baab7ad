import { element, keyedList, place, type Row, showIn } from './dom.ts'
import { numberOf, recordOf, textOf } from './reading.ts'
import type { HeardEvent, PanelState } from './state.ts'
import { clockText, type EventWords, eventWords, minutesText, sentence, spaced } from './words.ts'

/** One line of what was heard: an event, with what later reports and the score say of it. */
export interface FeedLine {
  readonly id: string
  readonly at: number
  readonly type: string
  readonly words: EventWords
  /** smaller print: attention, traits understood, why it does not count */
  readonly notes: readonly string[]
  /** rules it earned points for */
  readonly rules: readonly string[]
}

/** Reports about a view belong to its line; page metrics are not what a marketer listens for. */
const FOLDED: ReadonlySet<string> = new Set(['engagement', 'web_vital'])

export function feedLines({ events, person }: PanelState): readonly FeedLine[] {
  const attention = attentionByView(events)
  return events
    .filter(event => !FOLDED.has(event.type))
    .map(event => {
      const view = attention.get(event.id)
      const ids = [event.id, ...(view?.reports ?? [])]
      const rules = (person?.reasons ?? []).filter(reason => reason.events.some(id => ids.includes(id)))
      return {
        id: event.id,
        at: event.at,
        type: event.type,
        words: eventWords(event),
        notes: notesOf(event, view?.engagedMs ?? 0),
        rules: [...new Set(rules.map(reason => reason.rule))],
      }
    })
}

/** Reports carry running totals: the largest counts. */
function attentionByView(
  events: readonly HeardEvent[],
): Map<string, { engagedMs: number; reports: string[] }> {
  const views = new Map<string, { engagedMs: number; reports: string[] }>()
  for (const { id, type, props } of events) {
    if (type !== 'engagement') continue
    const view = views.get(textOf(props.view)) ?? { engagedMs: 0, reports: [] }
    view.engagedMs = Math.max(view.engagedMs, numberOf(recordOf(props).engagedMs))
    view.reports.push(id)
    views.set(textOf(props.view), view)
  }
  return views
}

/** Only people score: visitors, and our own with the test key. */
const SCORED: ReadonlySet<string> = new Set(['human', 'test'])

function notesOf(event: HeardEvent, engagedMs: number): readonly string[] {
  const notes: string[] = []
  if (engagedMs > 0) notes.push(`${minutesText(engagedMs)} engaged`)
  if (event.traits.length > 0) notes.push(`understood ${event.traits.map(spaced).join(', ')}`)
  if (!SCORED.has(event.traffic)) notes.push(`${spaced(event.traffic)}, not scored`)
  return notes
}

/** Lines shown before "Show all": enough to see the last action and what came before (our choice). */
const SHORT = 4

export function feedView(): (state: PanelState) => void {
  const showLines = keyedList<FeedLine>(place('heard'), line => line.id, feedRow)
  const more = place('heard-more')
  const count = place('heard-count')
  const empty = place('heard-empty')
  let lines: readonly FeedLine[] = []
  let hasMore = false
  let whole = false

  const render = (): void => {
    showLines(whole ? lines : lines.slice(0, SHORT))
    more.hidden = lines.length <= SHORT
    const all = `Show ${hasMore ? 'the latest' : 'all'} ${lines.length}`
    showIn(more, whole ? 'Show fewer' : all)
    showIn(count, lines.length > 0 ? `${lines.length}${hasMore ? '+' : ''}` : '')
    empty.hidden = lines.length > 0
  }
  more.addEventListener('click', () => {
    whole = !whole
    render()
  })
  return state => {
    lines = feedLines(state)
    hasMore = state.hasMore
    render()
  }
}

function feedRow(): Row<FeedLine> {
  const time = element('time')
  const text = element('p', { class: 'line-text' })
  const notes = element('p', { class: 'line-notes' })
  const rules = element('p', { class: 'line-rules' })
  const row = element('li', { class: 'line' }, time, element('div', {}, text, notes, rules))
  return {
    element: row,
    show: line => {
      row.dataset.type = line.type
      time.dateTime = new Date(line.at).toISOString()
      showIn(time, clockText(line.at))
      const [before, value, after] = line.words
      showIn(text, before, element('bdi', {}, value), after)
      showIn(notes, sentence(line.notes.join(' · ')))
      notes.hidden = line.notes.length === 0
      showIn(rules, ...line.rules.map(rule => element('span', { class: 'rule' }, spaced(rule))))
      rules.hidden = line.rules.length === 0
    },
  }
}
