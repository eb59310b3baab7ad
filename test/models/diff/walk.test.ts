import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact } from '../../../collector/contracts/facts.ts'
import { componentsOf } from '../../../collector/models/diff/walk.ts'
import { NOON, pageView } from '../../support/facts.ts'
import { memoryHistory } from './memory-history.ts'

const view = (subject: string): Fact => pageView(NOON, '/', { subject, visitor: subject })
const name = (number: number): string => `visitor-${String(number).padStart(4, '0')}`

it('every component comes once, however its subjects are spread over the pages', async () => {
  const ways = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 700 })
  await fc.assert(
    fc.asyncProperty(ways, async componentOf => {
      const components = Array.from({ length: 41 }, (_, component) =>
        componentOf.flatMap((own, subject) => (own === component ? view(name(subject)) : [])),
      )
      const history = memoryHistory(components, [], NOON)
      const load = async (subject: string) => {
        const facts = components.find(one => one.some(fact => fact.subject === subject)) ?? []
        return { facts }
      }
      const seen: string[] = []
      for await (const { facts } of componentsOf({ ...history, load }))
        seen.push(...facts.map(fact => fact.subject))
      expect(seen.sort()).toEqual(componentOf.map((_, subject) => name(subject)))
    }),
    { numRuns: 50 },
  )
})
