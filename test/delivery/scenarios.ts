import type { Page } from 'playwright-core'
import type {} from '../../snippet/commands.ts'

/** One way to leave a page with something still to say. */
export interface Scenario {
  readonly name: string
  /** HTML of the page that is left */
  body(places: Places): string
  /** what the person or the page does; absent when the page leaves by itself as soon as it has loaded */
  readonly leave?: (page: Page, places: Places) => Promise<unknown>
  /**
   * what has to come besides the page view of the page itself: a type, followed by what its page's path has after the
   * run's, if anything
   */
  readonly expected: readonly string[]
}

/** Where a run's person can go. */
export interface Places {
  /** another page of the site */
  readonly next: string
  /** a file of the site */
  readonly file: string
  /** another site */
  readonly elsewhere: string
}

const link = (href: string): string => `<p><a id="go" href="${href}">A <b>link</b></a>`

const form = (action: string, extra = ''): string => `
  <form id="contact" action="${action}" method="post">
    <label>E-mail <input type="email" name="email"></label>
    <label>Company <input name="company" value="Acme"></label>
    <button ${extra}>Send</button>
  </form>`

const button = (script: string): string => `<button id="go" onclick="${script}">Go</button>`

const click = (page: Page): Promise<void> => page.click('#go', { noWaitAfter: true })

/** Waits until the part of the snippet that hears of forms begun and given up has started, some seconds after the rest. */
const formsPart = async (page: Page): Promise<void> => {
  const handle = await page.waitForFunction(
    () => performance.getEntriesByType('resource').find(({ name }) => name.includes('goldpan.forms.'))?.name,
  )
  // what was imported before has been started before
  await page.evaluate(`import('${await handle.jsonValue()}').then(() => {})`)
}

const send = async (page: Page): Promise<void> => {
  await page.fill('[name=email]', 'ann@acme.example')
  await page.click('#contact button', { noWaitAfter: true })
}

/** The form of a page that does everything itself, hides it from everybody else and moves on at once. */
const ajax = (next: string): string => `${form('/unused')}
  <script>
    document.addEventListener('submit', event => {
      event.preventDefault()
      event.stopImmediatePropagation()
      fetch('/answer', { method: 'POST', body: new FormData(event.target) }).catch(() => {})
      location.href = '${next}'
    }, true)
  </script>`

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'link to a page',
    body: ({ next }) => link(next),
    leave: click,
    expected: [],
  },
  {
    name: 'link to a file',
    body: ({ file }) => link(file),
    leave: click,
    expected: ['download'],
  },
  {
    name: 'link to another site',
    body: ({ elsewhere }) => link(elsewhere),
    leave: click,
    expected: ['outbound_click'],
  },
  {
    name: 'form POST',
    body: ({ next }) => form(next),
    leave: send,
    expected: ['form_submit'],
  },
  {
    name: 'requestSubmit()',
    body: ({ next }) => form(next, 'type="button" onclick="this.form.requestSubmit()"'),
    leave: send,
    expected: ['form_submit'],
  },
  {
    name: 'form.submit()',
    body: ({ next }) => form(next, 'type="button" onclick="this.form.submit()"'),
    leave: send,
    expected: ['form_submit'],
  },
  {
    name: 'AJAX form, then location.href',
    body: ({ next }) => ajax(next),
    leave: send,
    expected: ['form_submit'],
  },
  {
    name: 'form given up',
    body: ({ next }) => `${form('/unused')}${link(next)}`,
    leave: async page => {
      await formsPart(page)
      await page.fill('[name=email]', 'ann@acme.example')
      await click(page)
    },
    expected: ['form_start', 'form_abandon'],
  },
  {
    name: 'track() in a click, then location',
    body: ({ next }) => button(`goldpan('track', 'cta'); location.href = '${next}'`),
    leave: click,
    expected: ['cta'],
  },
  {
    name: 'track(), then location.assign()',
    body: () => '',
    leave: (page, { next }) =>
      page.evaluate(to => {
        window.goldpan?.('track', 'last_words')
        location.assign(to)
      }, next),
    expected: ['last_words'],
  },
  {
    name: 'track(), then the tab closes',
    body: () => '',
    leave: async page => {
      await page.evaluate(() => window.goldpan?.('track', 'last_words'))
      await page.close({ runBeforeUnload: true })
    },
    expected: ['last_words'],
  },
  {
    name: 'pushState(), then location.assign()',
    body: () => '',
    leave: (page, { next }) =>
      page.evaluate(to => {
        history.pushState({}, '', `${location.pathname}/view`)
        location.assign(to)
      }, next),
    expected: ['page_view /view'],
  },
  {
    name: 'track(), then reload',
    body: () => button("goldpan('track', 'last_words'); location.reload()"),
    leave: click,
    expected: ['last_words'],
  },
  {
    name: 'bounce at load',
    body: ({ next }) => `<script>addEventListener('load', () => { location.href = '${next}' })</script>`,
    expected: [],
  },
]
