import { expect, test } from 'vitest'
import { CONTACT, PASSWORD, useWorld } from './world.ts'

const world = useWorld()

/** Opens a page and listens to what is said on its console. */
const listenAt = async (body: string, attributes: string, path = '/') => {
  const said: string[] = []
  world.page.on('console', message => said.push(message.text()))
  await world.open(body, { attributes, path })
  return {
    said,
    until: (words: RegExp) =>
      expect.poll(() => said.filter(line => words.test(line)).length).toBeGreaterThan(0),
  }
}

const goldpan = (...call: readonly unknown[]) =>
  world.page.evaluate(of => {
    void window.goldpan?.(...of)
  }, call)

/** What happens, and the line that tells of it. */
const lines: readonly (readonly [
  what: string,
  attributes: string,
  call: readonly unknown[],
  line: RegExp,
])[] = [
  ['recorded', '', ['track', 'tried'], /goldpan .*tried: will be sent/],
  ['sent', '', ['track', 'tried'], /goldpan .*sent.*tried/],
  ['held', 'data-consent="required"', ['track', 'tried'], /tried: held in memory until consent/],
  ['refused', '', ['consent', 'denied'], /consent/],
  ['counted alone', 'data-consent="cookieless"', ['track', 'tried'], /tried: .*without visitor and session/],
  ['not counted', 'data-consent="cookieless"', ['identify', 'ann@acme.example'], /identify not recorded/],
  ['excluded', 'data-exclude="/*"', ['track', 'tried'], /tried not recorded: .*data-exclude/],
]

test.each(lines)('data-debug tells what was %s', async (_, attributes, call, line) => {
  const { said, until } = await listenAt('', `data-debug ${attributes}`)
  await goldpan(...call)
  await until(line)
  expect(said.filter(text => !text.startsWith('goldpan'))).toEqual([])
})

test('it tells of Global Privacy Control', async () => {
  await world.page.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  )
  const { until } = await listenAt('', 'data-debug')
  await until(/page_view not recorded: .*Global Privacy Control/)
})

test('it tells of an error that it caught', async () => {
  const { until } = await listenAt('', 'data-debug')
  await world.page.evaluate(() => window.goldpan?.('track', 'tried', { loop: 1n }))
  await until(/error.*BigInt/)
})

test('it tells that a collector did not take what was sent', async () => {
  world.collector.answer(503)
  const { until } = await listenAt('', 'data-debug')
  await until(/not taken.*page_view/)
})

test('it tells which fields are held back, and never their values', async () => {
  const { said, until } = await listenAt(
    `<form action="/stay/sent">${CONTACT}<input name="card_number" value="4111 1111 1111 1111">
      <input name="pass" type="password" autocomplete="new-password" value="${PASSWORD}"></form>
     <form action="/stay/sent" data-goldpan-ignore id="left"><button>left</button></form>`,
    'data-debug',
  )
  await world.page.click('button')
  await until(/goldpan ● form .*card_number: held: its words/)
  await until(/email: sent/)
  await world.page.click('#left button')
  await until(/form not recorded: .*data-goldpan-ignore/)
  for (const secret of [PASSWORD, '4111', 'hidden-token']) expect(said.join()).not.toContain(secret)
})

test('without it the console stays silent, and nothing is fetched to speak', async () => {
  const { said } = await listenAt(`<form action="/stay/sent">${CONTACT}</form>`, '')
  world.collector.answer(503)
  await world.page.click('button')
  await world.page.evaluate(() => {
    const loop: unknown[] = []
    loop.push(loop)
    window.goldpan?.('track', 'loop', { loop })
    window.goldpan?.('nonsense')
    window.goldpan?.()
  })
  await expect.poll(() => world.collector.requests.length).toBeGreaterThan(0)
  world.collector.answer(202)
  await world.fence()
  // the browser itself tells of answers that are errors
  expect(said.filter(line => !line.startsWith('Failed to load resource'))).toEqual([])
  expect(world.collector.fetched.filter(path => path.includes('debug'))).toEqual([])
})
