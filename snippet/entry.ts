import { watchDownloads } from './capture/downloads.ts'
import { watchEngagement } from './capture/engagement.ts'
import { watchForms } from './capture/forms.ts'
import { watchPageViews } from './capture/page-views.ts'
import { goldpan } from './commands.ts'
import { captures } from './config.ts'
import { guard, listen } from './edge.ts'
import { startQueue } from './queue.ts'
import { wipeIfDenied } from './storage.ts'

declare global {
  interface Document {
    /** the page is rendered ahead of a visit that may never come */
    readonly prerendering?: boolean
  }
}

/** Starts recording, takes the place of the stub and answers the calls made on it. A second copy of the tag does nothing. */
const open = guard(() => {
  const stub = window.goldpan
  if (stub?.live) return
  goldpan.live = true
  window.goldpan = goldpan
  wipeIfDenied()
  startQueue()
  if (captures('forms')) void watchForms()
  if (captures('downloads')) watchDownloads()
  watchEngagement()
  void watchPageViews()
  for (const call of stub?.q ?? []) void goldpan(...call)
})

// a page rendered ahead counts when somebody comes to see it
if (document.prerendering) listen(open, 'prerenderingchange')
else void open()
