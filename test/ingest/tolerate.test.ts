import { describe, expect, test } from 'vitest'
import { checkEvent, openEnvelope } from '../../collector/ingest/check.ts'
import { tolerate } from '../../collector/ingest/tolerate.ts'
import { LIMITS } from '../../shared/limits.ts'

const ID = '00000000-0000-7000-9000-000000000000'
const long = 'x'.repeat(LIMITS.stringChars + 1)
const event = (over: object) => ({ id: ID, type: 'page_view', at: 1, ...over })
const verdict = (value: unknown): string => checkEvent(tolerate(value), 1_000, 'browser').verdict

test('a long address or title is cut, not kept aside', () => {
  const cut = tolerate(event({ page: { url: 'https://acme.example/', title: long } }))
  expect(cut).toMatchObject({ page: { url: 'https://acme.example/', title: long.slice(1) } })
  expect(verdict(cut)).toBe('sound')
})

test('so is what describes a field; what a person wrote is left whole', () => {
  const fields = [{ name: long, label: 'Message', value: long }]
  const cut = tolerate(event({ type: 'form_submit', props: { form: {}, fields } }))
  expect(cut).toMatchObject({ props: { fields: [{ name: long.slice(1), value: long }] } })
  expect(verdict(cut)).toBe('sound')
})

test('a label comes to stand on one line', () => {
  const fields = [{ label: 'Your\n    company', value: 'Acme\nInc' }]
  expect(tolerate(event({ type: 'form_submit', props: { form: {}, fields } }))).toMatchObject({
    props: { fields: [{ label: 'Your company', value: 'Acme\nInc' }] },
  })
})

test('fields beyond the limit are left out', () => {
  const fields = Array.from({ length: LIMITS.formFields + 20 }, (_, n) => ({ name: `f${n}`, value: 'x' }))
  expect(verdict(event({ type: 'form_submit', props: { form: {}, fields } }))).toBe('sound')
})

describe('of a form that is too long', () => {
  const idle = (count: number, value: string) =>
    Array.from({ length: count }, (_, n) => ({ name: `q${n}`, value }))
  const namesKept = (fields: readonly object[]) => {
    const kept = tolerate(event({ type: 'form_submit', props: { form: {}, fields } }))
    expect(checkEvent(kept, LIMITS.batchBytes, 'browser').verdict).toBe('sound')
    return (kept as { props: { fields: { name: string }[] } }).props.fields.map(({ name }) => name)
  }

  test('contact data is kept first, then what was filled in, in their order', () => {
    const fields = [
      ...idle(LIMITS.formFields, ''),
      { name: 'topic', value: 'Prices' },
      { name: 'адрес', value: 'ann@acme.example' },
      { name: 'x', type: 'tel', value: '+359 2 123' },
    ]
    const names = namesKept(fields)
    expect(names).toHaveLength(LIMITS.formFields)
    expect(names.slice(-3)).toEqual(['topic', 'адрес', 'x'])
    expect(names[0]).toBe('q0')
  })

  test('so it is when the fields are too many bytes', () => {
    const fields = [...idle(99, 'x'.repeat(1_900)), { name: 'e', type: 'email', value: 'ann@acme.example' }]
    const names = namesKept(fields)
    expect(names.at(-1)).toBe('e')
    expect(names.length).toBeGreaterThan(10)
  })
})

test('lists that an old library wrote as strings are read', () => {
  const fields = JSON.stringify([{ name: 'email', value: 'ann@acme.example' }])
  const events = JSON.stringify([event({ type: 'form_submit', props: { form: {}, fields } })])
  const { envelope } = openEnvelope(JSON.stringify({ v: 1, site: 'pk_live_1', sentAt: 1, events }))
  expect(verdict(envelope?.events[0])).toBe('sound')
})

test.each([
  ['https://acme.example/files/guide.pdf', 'guide.pdf'],
  ['https://acme.example/A.PDF', 'A.PDF'],
  ['https://acme.example/report/7', '7'],
])('a file of %s without a name is named %s', (url, file) => {
  expect(tolerate(event({ type: 'download', props: { url } }))).toMatchObject({ props: { url, file } })
})

test('a name that came stays, and so does everything else', () => {
  const named = event({ type: 'download', props: { url: 'https://acme.example/7', file: 'Q1.pdf' } })
  expect(tolerate(named)).toEqual(named)
  const custom = event({ type: 'note', props: { fields: '[1]', text: long } })
  expect(tolerate(custom)).toEqual(custom)
  for (const value of [null, 1, 'x', []]) expect(tolerate(value)).toBe(value)
})

test('what is no list stays what it is, and is told', () => {
  const { envelope, flaw } = openEnvelope('{"v":1,"site":"pk_live_1","sentAt":1,"events":"[nonsense"}')
  expect(envelope).toBeNull()
  expect(flaw?.code).toBe('invalid_envelope')
})

test('fields nested too deep are refused, also those that came as a string', () => {
  const bomb = `${'['.repeat(6_000)}${']'.repeat(6_000)}`
  for (const fields of [bomb, JSON.parse(bomb)]) {
    const answer = checkEvent(
      tolerate(event({ type: 'form_submit', props: { form: {}, fields } })),
      1_000,
      'browser',
    )
    expect(answer).toMatchObject({ verdict: 'refused', flaw: { code: 'too_deep' } })
  }
})

test('a download without a readable address gets no name, and is kept aside', () => {
  for (const url of [{ toString: 1, valueOf: 1 }, 5, undefined, 'a'.repeat(400_000)]) {
    const download = event({ type: 'download', props: { url } })
    expect(tolerate(download)).toEqual(download)
    expect(verdict(download)).toBe('quarantined')
  }
})
