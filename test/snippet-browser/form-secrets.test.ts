import { expect, test } from 'vitest'
import { CONTACT, PASSWORD, useWorld } from './world.ts'

const world = useWorld()

test('a password that a page shows as text stays here, whatever it is called', async () => {
  await world.open(`
    <form action="/stay/sent">${CONTACT}
      <label>Heslo <input type="password" name="heslo" autocomplete="off"></label>
      <label>Heslo <input type="password" name="heslo2" autocomplete="off"></label>
      <button type="button" onclick="for (const field of document.querySelectorAll('[name^=heslo]')) field.type = 'text'">show</button>
    </form>`)
  await world.page.type('[name=heslo]', PASSWORD)
  await world.page.type('[name=heslo2]', PASSWORD)
  await world.page.getByText('show').click()
  await world.page.getByText('Send').click()
  const [submit] = await world.collector.until('form_submit')
  // afterwards no body may hold the password: see useWorld
  expect(JSON.stringify(submit?.props)).toContain('ann@acme.example')
})

test('a form sent before anybody was asked is not the one to make room', async () => {
  await world.open(`<form action="/stay/sent">${CONTACT}</form>`, { attributes: 'data-consent="required"' })
  await world.page.evaluate(() => {
    for (let step = 0; step < 205; step++) window.goldpan?.('track', 'held', { step })
  })
  await world.page.click('button')
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.envelope.visitor).toBeUndefined()
  expect(world.collector.kept('held')).toEqual([])
})

test('the same answers count once, though a page fills in a field of its own in between', async () => {
  await world.open(`
    <form action="/stay/sent">${CONTACT}<textarea name="g-recaptcha-response" style="display:none"></textarea></form>
    <script>
      const form = document.querySelector('form')
      form.addEventListener('submit', event => {
        event.preventDefault()
        form['g-recaptcha-response'].value = 'checked'
        form.submit()
      })
    </script>`)
  await world.page.click('button')
  await world.collector.until('form_submit')
  await world.fence()
  expect(world.collector.kept('form_submit')).toHaveLength(1)
})

test('a page’s own storage is left as it is, also when it was full', async () => {
  await world.open('')
  await world.fence()
  await world.page.evaluate(() => {
    localStorage.setItem('token', 'logged-in')
    let fill = 'x'.repeat(1_000_000)
    while (fill.length > 0)
      try {
        localStorage.setItem(`fill${fill.length}${Math.random()}`, fill)
      } catch {
        fill = fill.slice(fill.length / 2 + 1)
      }
    window.goldpan?.('track', 'while_full')
    for (const key of Object.keys(localStorage)) if (key.startsWith('fill')) localStorage.removeItem(key)
    localStorage.removeItem('token')
    window.goldpan?.('consent', 'granted')
  })
  await world.collector.until('while_full')
  expect(await world.page.evaluate(() => localStorage.getItem('token'))).toBeNull()
})
