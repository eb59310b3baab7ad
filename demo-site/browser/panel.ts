import { axesView } from './axes.ts'
import { follow } from './connection.ts'
import { place } from './dom.ts'
import { examplePerson } from './example-person.ts'
import { feedView } from './feed.ts'
import { missingView } from './missing.ts'
import { momentView } from './moment.ts'
import { reasonsView } from './reasons.ts'
import { sheetView } from './sheet.ts'
import { stageView } from './stage.ts'
import { NOTHING_YET, type PanelState, withEvent, withEventsOf } from './state.ts'
import { tourView } from './tour.ts'
import { visitorId, visitorKnown } from './visitor.ts'

/** The live panel: what the collector hears of this browser, and what it makes of it. */

declare global {
  interface Window {
    goldpan?: (...call: readonly unknown[]) => void
  }
}

/** The last state of this tab, so that a new page shows it at once instead of starting empty. */
const REMEMBERED = 'goldpan-demo-state'
/** Long enough for a slow disk, short enough to wonder (our choice). */
const SILENT_AFTER_MS = 6_000

const announce = (text: string): void => {
  place('announcer').textContent = text
}

const views = [
  sheetView(),
  stageView(),
  momentView(announce),
  tourView(() => examplePerson(visitorId() ?? '')),
  axesView(),
  missingView(),
  feedView(),
  reasonsView(),
]

let state = NOTHING_YET

function show(next: PanelState): void {
  state = next
  for (const view of views) view(state)
}

function say(status: 'waiting' | 'listening' | 'silent', text: string): void {
  const line = place('status')
  line.dataset.state = status
  line.textContent = text
}

function remember(visitor: string): void {
  sessionStorage.setItem(REMEMBERED, JSON.stringify({ visitor, state }))
}

function recall(): PanelState {
  const kept = sessionStorage.getItem(REMEMBERED)
  if (kept === null) return NOTHING_YET
  // Written by remember() in this tab, perhaps by an earlier version of it.
  const { visitor, state }: { visitor: string; state: PanelState } = JSON.parse(kept)
  return visitor === visitorId() ? { ...NOTHING_YET, ...state } : NOTHING_YET
}

function listen(visitor: string): () => void {
  return follow(visitor, {
    state: next => {
      show(withEventsOf(next, state))
      remember(visitor)
    },
    event: event => show(withEvent(state, event)),
    connected: connected => (connected ? say('listening', 'Listening') : say('waiting', 'Reconnecting')),
  })
}

async function start(): Promise<void> {
  const silence = setTimeout(() => say('silent', silenceText()), SILENT_AFTER_MS)
  const visitor = await visitorKnown()
  clearTimeout(silence)
  let stop = listen(visitor)
  // A page kept for the back button must not hold a connection, and listens again when it returns.
  addEventListener('pagehide', () => stop())
  addEventListener('pageshow', event => {
    if (event.persisted) stop = listen(visitor)
  })
}

function silenceText(): string {
  const refuses = 'globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true
  return refuses ? 'Your browser asks not to be tracked' : 'The tag is silent: is it blocked?'
}

place('reset').addEventListener('click', () => {
  window.goldpan?.('reset')
  sessionStorage.removeItem(REMEMBERED)
  location.assign('/')
})

show(recall())
void start()
