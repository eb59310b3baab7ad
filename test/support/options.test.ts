import { expect, test, vi } from 'vitest'
import { optionsFrom } from './options.ts'

test('options are read by the kind of what they are without them', () => {
  const defaults = { bodies: 5, picture: '', anew: false }
  expect(optionsFrom(defaults, ['--bodies', '7_000', '--anew'])).toEqual({
    bodies: 7_000,
    picture: '',
    anew: true,
  })
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const ended = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('ended')
  })
  for (const [argv, why] of [
    [['--bodies', 'many'], 'expected a number, came many'],
    [['--body', '7'], "Unknown option '--body'"],
  ] as const) {
    expect(() => optionsFrom(defaults, argv)).toThrow('ended')
    expect(ended).toHaveBeenLastCalledWith(2)
    expect(said.mock.lastCall?.[0]).toMatch(new RegExp(`${why}[^]*--bodies 5[^]*--anew`))
  }
})
