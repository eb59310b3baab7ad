import { describe, expect, it } from 'vitest'
import { EventsParams, LeadsParams, ScoreParams } from '../../collector/queries/params.ts'
import { readParams } from '../../collector/queries/read-params.ts'

const read = (query: Record<string, string | readonly string[]>) =>
  readParams(
    LeadsParams,
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()])),
  )

describe('readParams', () => {
  it('takes what the schema names, numbers as numbers', () => {
    expect(read({ stage: 'mql,sal', grade: 'A', minEngagement: '12.5', limit: '200', sort: 'fit' })).toEqual({
      ok: true,
      value: { stage: 'mql,sal', grade: 'A', minEngagement: 12.5, limit: 200, sort: 'fit' },
    })
  })

  it('names the allowed parameters when it meets another', () => {
    const answer = read({ stages: 'mql' })
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'unknown_parameter' } })
    if (answer.ok) throw new Error('was taken')
    expect(answer.refusal.detail).toBe(
      'Expected one of the parameters site, stage, grade, minEngagement, account, test, q, sort, limit, cursor, got "stages".',
    )
    expect(answer.refusal.members.allowed).toContain('stage')
  })

  it.each([
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['toString', 'x'],
  ])('does not take %s for a parameter', (name, value) => {
    const query = Object.fromEntries([[name, [value]]])
    expect(readParams(LeadsParams, query)).toMatchObject({
      ok: false,
      refusal: { code: 'unknown_parameter' },
    })
  })

  it.each([
    [{ limit: '0' }, 'limit: expected a whole number from 1 to 200; 50 if absent; got "0".'],
    [{ limit: '201' }, 'got "201"'],
    [{ limit: '1.5' }, 'got "1.5"'],
    [{ limit: '' }, 'got ""'],
    [{ limit: 'Infinity' }, 'got "Infinity"'],
    [{ limit: '0x10' }, 'got "0x10"'],
    [{ minEngagement: '0' }, 'minEngagement: expected a number above 0'],
    [{ minEngagement: '-3' }, 'got "-3"'],
    [{ stage: 'MQL' }, 'stage: expected stages separated by commas, of anonymous, lead, mql'],
    [{ stage: 'mql,,sal' }, 'got "mql,,sal"'],
    [{ grade: 'E' }, 'grade: expected one of A, B, C, D; got "E".'],
    [{ sort: 'name' }, 'sort: expected one of engagement, fit, last_seen, mql_since; got "name".'],
    [{ q: '' }, 'q: expected part of an e-mail address'],
    [{ q: 'x'.repeat(201) }, `got "${'x'.repeat(60)}…"`],
    [{ stage: ['mql', 'sal'] }, 'stage: expected one value, got 2. Give it once.'],
  ])('says what it expected of %j', (query, text) => {
    const answer = read(query)
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'invalid_parameter' } })
    if (!answer.ok) expect(answer.refusal.detail).toContain(text)
  })

  it('takes times of RFC 3339 and no others', () => {
    const at = (time: string) => readParams(ScoreParams, { at: [time] }).ok
    expect(at('2026-03-01T09:00:00Z')).toBe(true)
    expect(at('2026-03-01T09:00:00.123+02:00')).toBe(true)
    expect(at('2026-03-01T09:00:00 02:00')).toBe(false)
    expect(at('2026-03-01')).toBe(false)
    expect(at('1772355600000')).toBe(false)
    expect(at('yesterday')).toBe(false)
  })

  it('takes visitor ids as the wire does', () => {
    const visitor = (id: string) => readParams(EventsParams, { visitor: [id] }).ok
    expect(visitor('0123456789abcdef')).toBe(true)
    expect(visitor("' OR 1=1 --")).toBe(false)
  })
})

it('says what has become of a + in a URL, and only then', () => {
  const refusalOf = (at: string) => {
    const answer = readParams(ScoreParams, { at: [at] })
    if (answer.ok) throw new Error('was taken')
    return answer.refusal.detail
  }
  expect(refusalOf('2026-03-01T09:00:00 02:00')).toMatch(
    /got "2026-03-01T09:00:00 02:00"\. In a URL, \+ is written %2B\.$/,
  )
  expect(refusalOf('yesterday')).toMatch(/got "yesterday"\.$/)
})
