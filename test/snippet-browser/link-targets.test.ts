import { expect, test } from 'vitest'
import { CONTACT, useWorld } from './world.ts'

const world = useWorld()

/** What a link leads to, and what it counts as. */
const targets: readonly (readonly [attributes: string, type: string])[] = [
  ['href="/stay/A.PDF#page=2"', 'download'],
  ['href="/stay/data.csv?v=3"', 'download'],
  ['href="/stay/archive.tar.gz"', 'download'],
  ['href="stay/relative.docx"', 'download'],
  ['href="/stay/report" download', 'download'],
  ['href="/stay/report?id=1" download="Report.xlsx"', 'download'],
  ['href="{other}/stay/brochure.pdf"', 'download'],
  ['href="{blob}" download="made.csv"', 'download'],
  ['href="{other}/stay/"', 'outbound_click'],
  ['href="//other.localhost/stay/same-protocol"', 'outbound_click'],
  ['href="https://secure.localhost/stay/"', 'outbound_click'],
  ['href="/stay/page"', 'none'],
  ['href="/stay/page?file=a.pdf"', 'none'],
  ['href="/stay/page#a.pdf"', 'none'],
  ['href="#section"', 'none'],
  ['href="javascript:void 0"', 'none'],
  ['href="mailto:ann@acme.zip" onclick="return false"', 'none'],
  ['href="tel:+359888123456" onclick="return false"', 'none'],
  ['name="no-href.pdf"', 'none'],
  ['href="http://[" onclick="return false"', 'none'],
  ['href="/stay/ignored.pdf" data-goldpan-ignore', 'none'],
  ['href="{other}/stay/ignored" data-goldpan-ignore', 'none'],
]

const openTargets = async (attributes = '') => {
  // what leads away from this machine leads nowhere
  await world.profile.route(/^https:|other\.localhost\/stay\/same/, route => route.fulfill({ status: 204 }))
  const other = world.site.url.replace('127.0.0.1', 'other.localhost')
  await world.open(
    targets.map(([of], n) => `<a id="t${n}" ${of.replace('{other}', other)}>link ${n}</a>`).join(' ') +
      '<button id="last" data-goldpan="last_click">last</button>',
    { attributes },
  )
  await world.page.evaluate(() => {
    const made = URL.createObjectURL(new Blob(['a,b']))
    document.querySelector<HTMLAnchorElement>('[href="{blob}"]')!.href = made
  })
  for (const n of targets.keys()) await world.page.click(`#t${n}`)
  // a menu is no visit, nor is one of the page's own
  await world.page.evaluate(() => addEventListener('contextmenu', event => event.preventDefault()))
  for (const id of ['#t0', '#t8']) await world.page.click(id, { button: 'right' })
  // a dialog of another program would have taken the clicks
  await world.page.click('#last')
  await world.collector.until('last_click')
  await world.fence()
}

const counted = () =>
  world.collector
    .kept()
    .map(({ type }) => type)
    .filter(type => ['download', 'outbound_click'].includes(type))

test('a link is a download, a way out, or neither', async () => {
  await openTargets()
  expect(counted()).toEqual(targets.map(([, type]) => type).filter(type => type !== 'none'))
  expect(world.collector.kept('download').map(({ props }) => props?.file)).toEqual([
    ...Array(5).fill(undefined),
    'Report.xlsx',
    undefined,
    'made.csv',
  ])
})

test.each([
  ['outbound', 'download'],
  ['downloads', 'outbound_click'],
])('data-%s="off" switches that off, and nothing else', async (name, rest) => {
  await openTargets(`data-${name}="off"`)
  expect(new Set(counted())).toEqual(new Set([rest]))
})

/** Ways off a page: none may wait for a collector. */
const leaves: readonly (readonly [what: string, body: string])[] = [
  ['a file', '<a id="go" href="/away/a.pdf">a</a>'],
  ['a way out', '<a id="go" href="{other}/away">b</a>'],
  ['a form', `<form action="/away">${CONTACT.replace('<button', '<button id="go"')}</form>`],
  ['a declared event', '<a id="go" data-goldpan="gone" href="/away">c</a>'],
]

test.each(leaves)('%s does not wait for a collector that never answers', async (_, body) => {
  world.collector.hold()
  await world.open(body.replace('{other}', world.site.url.replace('127.0.0.1', 'other.localhost')))
  await world.collector.until('page_view')
  await Promise.all([world.page.waitForURL('**/away**'), world.page.click('#go')])
  // it was told on the way all the same
  await expect
    .poll(
      () => world.collector.kept().filter(({ type }) => /^(download|outbound|form_s|gone)/.test(type)).length,
    )
    .toBe(1)
})
