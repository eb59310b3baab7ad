import { expect } from 'vitest'
import { CONTACT, tag, type World } from './world.ts'

/**
 * What a page of a site does by itself, written so that little can hinder it: it marks on its root what it did and what
 * went wrong, and that the tag was loaded.
 */
const SCRIPT = `
var told = ''
function mark(what) { told += what + ' '; document.documentElement.setAttribute('data-marks', told) }
addEventListener('error', function (event) { mark('error:' + event.message) })
addEventListener('unhandledrejection', function (event) { mark('rejection:' + event.reason) })
document.addEventListener('securitypolicyviolation', function (event) { mark('violation:' + event.violatedDirective) })
document.addEventListener('load', function (event) {
  if ((event.target.src + '').indexOf('goldpan.js') > 0) document.documentElement.setAttribute('data-loaded', '')
}, true)
document.addEventListener('click', function (event) {
  if (event.target.id === 'go') { mark('click'); history.pushState({}, '', location.origin + '/moved'); mark(location.pathname) }
  if (event.target.id === 'script') { mark('script'); document.getElementById('native').submit() }
})
document.addEventListener('submit', function (event) {
  if (event.target.id === 'ajax') { event.preventDefault(); mark('submit') }
})`

/** A path of the site at which the page can be had. */
export const FLOW = '/flow'

const BODY = `<button id="go" data-goldpan="pressed" data-goldpan-seat="2">go</button>
  <form id="ajax">${CONTACT}</form>
  <form id="native" action="/stay/sent"><input name="city" value="Sofia"></form><button id="script">send</button>
  <a id="leave" href="/left">leave</a>`

/** The page, `head` before anything else in it, `before` before all that a person can use. */
export const flowPage = (
  world: World,
  { head = '', before = '', script = tag(world.collector) } = {},
): string => {
  world.site.pages.set('/flow.js', SCRIPT)
  return `<!doctype html><html><head><title>A page</title>${head}<script src="/flow.js"></script>${script}</head><body>${before}${BODY}</body></html>`
}

/**
 * Uses the page as a person would and leaves it, without a script in the page's own world, where anything may be broken.
 * @returns what the page marked, and what the browser said on the console meanwhile
 */
export async function useFlow(
  world: World,
): Promise<{ readonly marks: string; readonly said: readonly string[] }> {
  const said: string[] = []
  const { page } = world
  page.on('console', message => said.push(message.text()))
  await page.goto(world.site.url + FLOW)
  await page.waitForSelector('html[data-loaded]', { state: 'attached' })
  await page.click('#go')
  await page.click('#ajax button')
  await page.click('#script')
  const marks = (await page.locator('html').getAttribute('data-marks'))?.trim() ?? ''
  await page.click('#leave')
  await page.waitForURL('**/left')
  return { marks, said }
}

/** What Prototype 1.6 does to every list that becomes JSON: it is a text, in which there may be further lists. */
export const PROTOTYPE = `
(function () {
  function text(value) {
    if (Array.isArray(value)) return value.toJSON()
    if (Object(value) !== value) return JSON.stringify(value)
    return '{' + Object.keys(value).map(function (key) { return JSON.stringify(key) + ': ' + text(value[key]) }).join(', ') + '}'
  }
  Array.prototype.toJSON = function () { return '[' + this.map(text).join(', ') + ']' }
})()`

/** What the page marks when nothing hinders it. */
export const MARKS = 'click /moved submit script'

/** All that can be told of the flow, arrived as it happened. */
export async function expectAllTold({ collector, site }: World): Promise<void> {
  const [pressed] = await collector.until('pressed')
  const [ajax, native] = await collector.until('form_submit', 2)
  const views = await collector.until('page_view', 2)
  expect(pressed?.props).toEqual({ seat: '2' })
  expect(ajax?.props?.fields).toMatchObject([{ value: 'ann@acme.example' }, { value: 'Acme' }])
  expect(native?.props?.fields).toMatchObject([{ name: 'city', value: 'Sofia' }])
  expect(views.map(({ page }) => page?.url)).toEqual([`${site.url}${FLOW}`, `${site.url}/moved`])
  expect(new Set(collector.kept().map(({ envelope }) => envelope.visitor)).size).toBe(1)
}
