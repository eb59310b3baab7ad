import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMS } from '../../demo-site/forms.ts'
import { type RunningSite, startSite } from './start-site.ts'

let site: RunningSite
beforeAll(async () => {
  site = await startSite()
})
afterAll(() => site.close())

const send = (form: string, fields: Readonly<Record<string, string>>) =>
  fetch(`${site.url}/forms/${form}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })

const GOOD: Readonly<Record<string, string>> = {
  name: 'Anna Petrova',
  email: 'anna@acme.example',
  company: 'Acme',
  message: 'How long does it take?',
  consent: 'yes',
}

describe.each(FORMS)('the form $id', form => {
  it('leads on to its thanks when it is complete', async () => {
    const response = await send(form.id, GOOD)
    expect([response.status, response.headers.get('location')]).toEqual([303, `/thanks/${form.id}`])
    expect(await (await fetch(`${site.url}/thanks/${form.id}`)).text()).toContain(form.thanks.title)
  })

  it('comes back with what is missing when it is empty', async () => {
    const response = await send(form.id, {})
    const html = await response.text()
    expect(response.status).toBe(422)
    for (const field of form.fields.filter(({ required }) => required)) {
      expect(html).toContain(`id="${form.id}-${field.name}-error"`)
      expect(html).toMatch(new RegExp(`aria-describedby="[^"]*${form.id}-${field.name}-error`))
    }
  })
})

describe('a refused form', () => {
  it('keeps what was typed, so that nobody types it twice', async () => {
    const html = await (await send('contact', { ...GOOD, email: 'anna@acme', industry: 'Software' })).text()
    expect(html).toContain('value="anna@acme"')
    expect(html).toContain('value="Anna Petrova"')
    expect(html).toContain('How long does it take?</textarea>')
    expect(html).toMatch(/<option selected="">Software<\/option>/)
  })

  it('shows hostile answers as text', async () => {
    const hostile = '"><script>alert(1)</script>'
    const html = await (await send('contact', { name: hostile, message: `</textarea>${hostile}` })).text()
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('</textarea>"')
    expect(html).toContain('&lt;script&gt;alert(1)')
  })
})

describe('what is no form of ours', () => {
  it('is refused: unknown names, bodies too large', async () => {
    expect((await send('login', GOOD)).status).toBe(404)
    expect((await send('contact', { ...GOOD, message: 'x'.repeat(70_000) })).status).toBe(413)
  })

  it('asks for no password anywhere', () => {
    expect(FORMS.flatMap(form => form.fields).filter(({ name }) => /pass/i.test(name))).toEqual([])
  })
})
