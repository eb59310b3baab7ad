import type { Qualifier } from '../../../collector/qualify/qualifier.ts'

/** What a bundle has in place of collector/qualify/qualifier.ts: a qualifier at rest. What is recorded stays dirty. */
export const startQualifier = (): Qualifier => ({
  wake: () => {},
  settle: async () => {},
  stop: async () => {},
})
