import { expect, it } from 'vitest'
import { outcomeOf } from '../../../collector/models/diff/outcome.ts'
import { decision, NOON } from '../../support/facts.ts'

const decided = (...moves: readonly string[]) =>
  moves.map((to, day) => decision(NOON + day, 'lead', to, 'why'))

it.each([
  ['nobody has decided', [], 'open', null],
  ['sales has only accepted', ['sal'], 'open', null],
  ['a person made an MQL', ['mql'], 'open', null],
  ['sales qualified', ['sal', 'sales_qualified'], 'good', 1],
  ['won, later than qualified', ['sal', 'sales_qualified', 'customer'], 'good', 1],
  ['qualified and lost again', ['sales_qualified', 'disqualified'], 'good', 0],
  ['given back', ['sal', 'nurturing'], 'bad', 1],
  ['given back to lead', ['lead'], 'bad', 0],
  ['given back, then disqualified: the verdict fell first', ['sal', 'nurturing', 'disqualified'], 'bad', 1],
  ['given back, taken up again', ['nurturing', 'sal'], 'open', null],
  ['given back, taken up, given back', ['nurturing', 'sal', 'nurturing'], 'bad', 2],
  ['given back, and good in the end', ['nurturing', 'sal', 'sales_qualified'], 'good', 2],
])('%s', (_name, moves, verdict, day) => {
  const at = day === null ? null : NOON + day
  expect(outcomeOf(decided(...moves))).toEqual({ verdict, at })
  expect(outcomeOf(decided(...moves).reverse())).toEqual({ verdict, at })
})
