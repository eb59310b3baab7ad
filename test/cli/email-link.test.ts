import { describe, expect, it } from 'vitest'
import { openTerminal } from './model-terminal.ts'

const TARGET = 'https://www.acme.example/pricing'

/** A command line with a site that has no collector at work. */
async function ready() {
  const terminal = openTerminal()
  await terminal.goldpan(['site', 'create', '--name', 'Acme', '--origin', 'https://www.acme.example'])
  const env = { ...terminal.env, GOLDPAN_PUBLIC_URL: 'https://go.acme.example' }
  const link = (...args: readonly string[]) => terminal.goldpan(['email-link', ...args], { env })
  const merge = (text: string, ...args: readonly string[]) => {
    terminal.write(text, 'contacts.csv')
    return link('--csv', 'contacts.csv', ...args)
  }
  return { ...terminal, link, merge }
}

const LINK = /^https:\/\/go\.acme\.example\/v1\/c\/[\w-]+$/

describe('goldpan email-link', () => {
  it('makes one that a collector over the same store follows', async () => {
    const { link, collectorWith } = await ready()
    const { code, out } = await link('--email', 'anna@acme.example', '--url', TARGET, '--message', 'spring/2')
    expect(code).toBe(0)
    expect(out).toMatch(LINK)
    const { url } = await collectorWith(0)
    const answer = await fetch(url + new URL(out).pathname, { redirect: 'manual' })
    expect(answer.headers.get('location')).toMatch(
      /^https:\/\/www\.acme\.example\/pricing\?utm_goldpan=[\w-]+$/,
    )
  })

  it('says it as JSON', async () => {
    const { link } = await ready()
    const { out } = await link('--email', 'anna@acme.example', '--url', TARGET, '--json')
    expect(JSON.parse(out)).toEqual({ url: expect.stringMatching(LINK) })
  })

  it('says where the links lead while nobody has said how people reach the collector', async () => {
    const { goldpan } = await ready()
    const { err } = await goldpan(['email-link', '--email', 'anna@acme.example', '--url', TARGET])
    expect(err).toMatch(/The links lead to http:\/\/127\.0\.0\.1:\d+\. Set GOLDPAN_PUBLIC_URL/)
  })

  it('makes none that leads away', async () => {
    const { link } = await ready()
    const { code, out, err } = await link('--email', 'anna@acme.example', '--url', 'https://evil.example/')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/expected an address of the site/)
  })

  it.each([
    [['--email', 'anna@acme.example']],
    [['--url', TARGET]],
    [['--email', 'a@acme.example', '--csv', 'x.csv', '--url', TARGET]],
    [['--email', 'a@acme.example', '--url', TARGET, '--url', TARGET]],
  ])('%j is not understood', async args => {
    const { link } = await ready()
    const { code, err } = await link(...args)
    expect(code).toBe(2)
    expect(err).toMatch(/Write goldpan email-link/)
  })
})

describe('goldpan email-link --csv', () => {
  it('adds a column a target; what was there stays', async () => {
    const { merge } = await ready()
    const { code, out } = await merge(
      '\ufeffИме;E-Mail;Бележка\r\n"Анна ""А"";";ANNA@acme.example;\r\nZoë;zoe@acme.example;"a\nb"\r\n',
      ...['--url', TARGET, '--url', `${TARGET}/teams`],
    )
    expect(code).toBe(0)
    const L = String.raw`https://go\.acme\.example/v1/c/[\w-]+`
    expect(out).toMatch(
      new RegExp(
        `^\ufeffИме;E-Mail;Бележка;goldpan_link;goldpan_link_2\n"Анна ""А"";";ANNA@acme.example;;${L};${L}\nZoë;zoe@acme.example;"a\nb";${L};${L}$`,
      ),
    )
  })

  it('puts the plain address where there can be no link, and says why', async () => {
    const { merge } = await ready()
    const { code, out, err } = await merge('email,name\nnobody,Bob\nanna@acme.example\n', '--url', TARGET)
    expect(code).toBe(1)
    const [header, bob, anna] = out.split('\n')
    expect([header, bob]).toEqual(['email,name,goldpan_link', `nobody,Bob,${TARGET}`])
    expect(anna).toMatch(/^anna@acme\.example,,https:\/\/go\.acme\.example\/v1\/c\/[\w-]+$/)
    expect(err).toMatch(/^line 2: email: expected .*\n1 row without a link of their own/)
  })

  it('warns of links longer than e-mail programs keep', async () => {
    const { merge } = await ready()
    const text = 'email\nanna@acme.example\n'
    expect((await merge(text, '--url', TARGET)).err).toBe('')
    const { code, err } = await merge(text, '--url', `${TARGET}/${'long-'.repeat(40)}`)
    expect(code).toBe(0)
    expect(err).toMatch(/^The longest link has \d{3} characters; many e-mail programs keep 255/)
  })

  it('asks which column when several or none may be it', async () => {
    const { merge } = await ready()
    const text = 'work e-mail,private e-mail\nanna@acme.example,a@home.example\n'
    expect((await merge(text, '--url', TARGET)).err).toMatch(/found 2 among .* Say which with --column/)
    expect((await merge(text, '--url', TARGET, '--column', 'work e-mail')).code).toBe(0)
    expect((await merge('name\nAnna\n', '--url', TARGET)).code).toBe(2)
  })

  it.each([
    ['', /expected a header and rows/],
    ['email\n"anna', /expected CSV/],
  ])('%j is no list', async (text, words) => {
    const { merge } = await ready()
    const { code, err } = await merge(text, '--url', TARGET)
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err).not.toMatch(/\n\s+at /)
  })
})
