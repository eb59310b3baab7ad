import { expect, test } from 'vitest'
import { CARD, CONTACT, PASSWORD, useWorld } from './world.ts'

const world = useWorld()

test('a form that posts and navigates arrives once, with what is safe of it', async () => {
  await world.open(`<form id="demo" method="post" action="/thanks?ref=1">${CONTACT}
    <fieldset disabled><input name="off" value="private"></fieldset>
    <input name="card_number" value="${CARD}"> <input name="note" value="${CARD}">
    <textarea name="message" data-goldpan-ignore>private</textarea>
    <div data-goldpan-ignore><input name="notes" value="private"></div></form>`)
  await Promise.all([world.page.waitForURL('**/thanks?ref=1'), world.page.click('button')])
  const [submit] = await world.collector.until('form_submit')
  expect(submit?.props?.form).toEqual({ id: 'demo', action: '/thanks' })
  expect(submit?.props?.fields).toEqual([
    { name: 'email', label: 'E-mail', type: 'email', value: 'ann@acme.example' },
    { name: 'company', label: 'Company', type: 'text', value: 'Acme' },
  ])
  expect(submit?.page?.url).toBe(`${world.site.url}/`)
})

test('form.submit() counts, once even after a submit event the page stopped', async () => {
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await world.page.evaluate(() => {
    const form = document.querySelector('form')!
    form.addEventListener('submit', event => {
      event.preventDefault()
      queueMicrotask(() => form.submit())
    })
  })
  await Promise.all([world.page.waitForURL('**/thanks?**'), world.page.click('button')])
  await world.open(`<form action="/thanks">${CONTACT}</form>`)
  await Promise.all([
    world.page.waitForURL('**/thanks?**'),
    world.page.evaluate(() => document.querySelector('form')!.submit()),
  ])
  await world.collector.until('form_submit', 2)
  await world.open('')
  await world.fence()
  expect(world.collector.kept('form_submit')).toHaveLength(2)
})

test('a form the page sends itself counts once a submission, and not before it is valid', async () => {
  await world.open(`<form>${CONTACT}<input name="city" required></form>`)
  await world.page.evaluate(() => {
    const form = document.querySelector('form')!
    form.addEventListener('submit', event => {
      event.preventDefault()
      event.stopImmediatePropagation()
    })
  })
  await world.page.click('button')
  await world.fence()
  expect(world.collector.kept('form_submit')).toHaveLength(0)
  await world.page.fill('[name=city]', 'Sofia')
  await world.page.dblclick('button')
  await world.page.fill('[name=city]', 'Varna')
  await world.page.evaluate(() => document.querySelector('form')!.requestSubmit())
  await world.fence()
  expect(world.collector.kept('form_submit')).toHaveLength(2)
})

test('log-ins are not recorded, sign-ups are without their password', async () => {
  await world.open(`
    <form id="a"><input name="user" value="ann"><input type="password" value="${PASSWORD}"><button>Go</button></form>
    <form id="b">${CONTACT}<input type="password" autocomplete="new-password" value="${PASSWORD}">
      <input name="password_shown" value="${PASSWORD}"></form>`)
  await world.page.evaluate(() => addEventListener('submit', event => event.preventDefault()))
  await world.page.click('#a button')
  await world.page.click('#b button')
  await world.fence()
  const submits = world.collector.kept('form_submit')
  expect(submits.map(({ props }) => props?.form)).toEqual([{ id: 'b' }])
})

test('traps for robots are left out, steps a person filled in and then left are not', async () => {
  await world.open(`<form>${CONTACT}
    <div style="position:absolute;left:-9999px"><input name="far" value="robot"></div>
    <div style="opacity:0"><input name="clear" value="robot"></div>
    <div style="display:none"><input name="gone" value="robot"></div>
    <input name="flat" value="robot" style="width:1px;height:1px;border:0;padding:0">
    <div id="step"><input name="first"></div></form>`)
  await world.page.fill('[name=first]', 'Ann')
  await world.page.evaluate(() => {
    addEventListener('submit', event => event.preventDefault())
    document.querySelector<HTMLElement>('#step')!.hidden = true
  })
  await world.page.click('button')
  const [submit] = await world.collector.until('form_submit')
  expect(JSON.stringify(submit?.props)).not.toContain('robot')
  expect(submit?.props?.fields).toContainEqual(expect.objectContaining({ name: 'first', value: 'Ann' }))
})
