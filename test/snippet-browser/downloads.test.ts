import { expect, test } from 'vitest'
import { useWorld } from './world.ts'

const world = useWorld()

test('a click on a file link arrives although the page goes', async () => {
  await world.open('<a href="/files/Guide.PDF?token=t#page=2"><b>The guide</b></a>')
  await world.page.click('b')
  const [download] = await world.collector.until('download')
  expect(download?.props).toEqual({ url: `${world.site.url}/files/Guide.PDF`, file: 'Guide.PDF' })
  expect(world.page.url()).toContain('/files/Guide.PDF?token=t')
})

test('every way to fetch a file counts once, and links to pages never', async () => {
  await world.open(`<div id="host"></div>
    <a id="middle" href="/middle.pdf">a</a> <a id="key" href="/key.zip">b</a> <a id="named" download href="/report">c</a>
    <svg width="50" height="20"><a href="/svg.csv"><text id="svg" y="15">svg</text></a></svg>
    <a id="page" href="/pricing?file=a.pdf">d</a> <a id="mail" href="mailto:ann@acme.zip">e</a>
    <a data-goldpan-ignore id="ignored" href="/ignored.pdf">f</a> <a id="stopped" href="/stopped.pdf">g</a>`)
  await world.page.evaluate(() => {
    const root = document.querySelector('#host')!.attachShadow({ mode: 'open' })
    root.innerHTML = '<a id="shadow" href="/shadow.epub">s</a>'
    // the page stays, so that all of it can be tried in one
    addEventListener('click', event => event.preventDefault())
    addEventListener('auxclick', event => event.preventDefault())
    document.querySelector('#stopped')!.addEventListener('click', event => {
      event.preventDefault()
      event.stopImmediatePropagation()
    })
  })
  await world.page.click('#middle', { button: 'middle' })
  await world.page.click('#middle', { button: 'right' })
  await world.page.focus('#key')
  await world.page.keyboard.press('Enter')
  for (const id of ['named', 'svg', 'page', 'mail', 'ignored', 'stopped']) await world.page.click(`#${id}`)
  await world.page.dblclick('#shadow')
  await world.fence()
  const files = world.collector.kept('download').map(({ props }) => props?.file)
  expect(files).toEqual(['middle.pdf', 'key.zip', 'report', 'svg.csv', 'stopped.pdf', 'shadow.epub'])
})
