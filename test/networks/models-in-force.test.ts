import { expect, it } from 'vitest'
import { modelsInForce } from '../../collector/networks/models-in-force.ts'
import { createSignals } from '../../collector/signals.ts'
import { EXAMPLE, published } from '../support/model.ts'

it('asks once for all sites what was published, however many there are', async () => {
  const asked: string[] = []
  const versions = [published(EXAMPLE, 0)]
  const store = {
    modelVersions: async (site: string) => {
      asked.push(site)
      return []
    },
    everyModelVersion: async () => {
      asked.push('every')
      return new Map([['one', versions]])
    },
  }
  const models = modelsInForce(store, createSignals())
  for (const site of ['one', 'two', 'three']) await models.prepare(site)
  expect(models.modelOf('one', 1)).toBeNull()
  await models.refresh()
  models.close()
  expect(asked).toEqual(['one', 'two', 'three', 'every'])
  expect(models.modelOf('one', 1)).toBe(versions[0]?.model)
  expect(models.modelOf('two', 1)).toBeNull()
  expect(models.modelOf('elsewhere', 1)).toBeNull()
})
