import { look, reportView, stir } from './capture/engagement.ts'
import { recordable, typed, watchForms } from './capture/forms.ts'
import { onClick } from './capture/links.ts'
import { follow, showPage } from './capture/page-views.ts'
import { startChunk } from './chunks.ts'
import { goldpan } from './commands.ts'
import { base, options, trace } from './config.ts'
import { guard, handler, listen } from './edge.ts'
import { whoAt } from './ids.ts'
import { LATER_MS, LOOK_MS } from './limits.ts'
import { currentPage } from './page.ts'
import { onTurn, sendInTurn, startQueue } from './queue.ts'
import { record } from './record.ts'
import { isGranted, save, settle, VISITOR } from './storage.ts'

const onLeave = handler(event => {
  stir()
  reportView()
  onTurn(event)
})

/** What the page's reader does, and what becomes of the page. */
const HANDLERS = {
  click: onClick,
  auxclick: onClick,
  pointermove: stir,
  keydown: stir,
  wheel: stir,
  visibilitychange: onLeave,
  pagehide: onLeave,
  pageshow: handler<PageTransitionEvent>(event => {
    onTurn(event)
    // out of the back/forward cache
    if (event.persisted) showPage()
  }),
}

/** Starts recording, takes the place of the stub and answers the calls made on it. A second copy of the tag does nothing. */
const open = guard(async () => {
  const stub = window.goldpan
  if (stub?.live) return
  goldpan.live = true
  window.goldpan = goldpan
  if (trace) void startChunk('debug', trace)
  settle()
  if (options.forms !== 'off') void watchForms(window)
  startQueue()
  listen(window, HANDLERS)
  // another domain of the owner's may know the visitor: what people do is recorded meanwhile, the view can wait
  if (options.domains || options.cookieDomain)
    await startChunk('domains', base, options, isGranted, whoAt, save, VISITOR)
  showPage()
  setInterval(
    guard(() => {
      look()
      return sendInTurn()
    }),
    LOOK_MS,
  )
  if (options.spa !== 'off') {
    if (window.navigation)
      listen(window.navigation, {
        currententrychange: handler<NavigationCurrentEntryChangeEvent>(({ navigationType }) =>
          follow(navigationType),
        ),
      })
    // an older browser does not tell
    else setInterval(follow, LOOK_MS)
  }
  for (const call of stub?.q ?? []) void goldpan(...call)
  setTimeout(() => {
    if (options.vitals !== 'off') void startChunk('vitals', record)
    if (options.forms !== 'off') void startChunk('forms', record, recordable, watchForms, currentPage, typed)
  }, LATER_MS)
})

// a page rendered ahead counts when somebody comes to see it
if (document.prerendering) listen(document, { prerenderingchange: open })
else void open()
