import { randomId } from '../shared/ids.ts'
import { randomBytes } from './random.ts'
import { forget, load, save } from './storage.ts'

const KEY = 'visitor'

/** The id of this browser profile: 128 random bits, made once and kept. */
export const visitorId = (): string => {
  const id = load(KEY) ?? randomId(randomBytes)
  save(KEY, id)
  return id
}

export const forgetVisitor = (): void => forget(KEY)
