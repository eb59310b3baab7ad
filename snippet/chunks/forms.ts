import type { Page } from '../../shared/events.ts'
import type { recordable, watchForms } from '../capture/forms.ts'
import { attributesOf } from '../forms/fields.ts'
import { closest, IGNORED } from '../forms/ignored.ts'
import type { currentPage } from '../page.ts'
import type { record } from '../record.ts'

/** What the core lends this chunk. */
interface Core {
  readonly record: typeof record
  readonly recordable: typeof recordable
  readonly watchForms: typeof watchForms
  readonly currentPage: typeof currentPage
  /** has the forms that were submitted */
  readonly done: WeakSet<EventTarget>
}

type View = Window & typeof globalThis

/**
 * What of forms can wait until the page is up: that they are begun and given up, and the forms in frames of the page's
 * own origin. Never throws.
 */
export const start = (
  record: Core['record'],
  recordable: Core['recordable'],
  watchForms: Core['watchForms'],
  currentPage: Core['currentPage'],
  done: Core['done'],
): void => {
  const watchBegun = begunWatcher({ record, recordable, watchForms, currentPage, done })
  watchBegun(window)
  watchFrames(window, view => {
    void watchForms(view)
    watchBegun(view)
  })
}

const refOf = (form: HTMLFormElement) => attributesOf(form, 'id', 'name', 'action')

/** A form is begun with the first thing a person writes or chooses in it, and given up when its page is left without it. */
const begunWatcher = ({ record, recordable, currentPage, done }: Core): ((view: View) => void) => {
  /** the page each was begun on; null once it was left */
  const begun = new Map<HTMLFormElement, Page | null>()

  const begin = (event: Event): void => {
    const { form } = event.composedPath()[0] as HTMLInputElement
    if (!event.isTrusted || !form || begun.has(form)) return
    const isRecorded = !done.has(form) && recordable(form)
    begun.set(form, isRecorded ? currentPage() : null)
    if (isRecorded) record('form_start', { form: refOf(form) })
  }
  const abandon = (hasLeft: (page: Page) => boolean): void => {
    for (const [form, page] of begun) {
      if (!page || !hasLeft(page)) continue
      begun.set(form, null)
      if (!done.has(form)) record('form_abandon', { form: refOf(form) }, page)
    }
  }

  addEventListener('pagehide', () => abandon(() => true), true)
  window.navigation?.addEventListener('currententrychange', () =>
    abandon(({ url }) => new URL(url).pathname !== location.pathname),
  )
  return view => view.addEventListener('input', begin, true)
}

/** Calls `watch` once for each window within a window that may be watched, when it is loaded. */
const watchFrames = (view: View, watch: (view: View) => void): void => {
  const known = new WeakSet<Document>()
  const enter = (inner: View): void => {
    const { document } = inner
    if (known.has(document) || document.readyState !== 'complete' || isIgnored(inner)) return
    known.add(document)
    // a frame with a tag of its own records its forms itself
    if (!inner.goldpan) watch(inner)
    look(inner)
  }
  const look = (outer: View): void => {
    for (let at = 0; at < outer.length; at++)
      try {
        enter(outer[at] as View)
      } catch {
        // of another origin
      }
    if (watchedLoads.has(outer.document)) return
    watchedLoads.add(outer.document)
    // the load of a frame does not bubble, and does not reach the window
    outer.document.addEventListener('load', () => look(outer), true)
  }
  const watchedLoads = new WeakSet<Document>()
  look(view)
}

const isIgnored = ({ frameElement }: View): boolean => !!frameElement && !!closest(frameElement, IGNORED)
