import { randomId } from '../shared/ids.ts'
import { SESSION_GAP_MS } from '../shared/limits.ts'
import { randomBytes } from './random.ts'
import { forget, load, save } from './storage.ts'

const KEY = 'session'

/**
 * The session an event of `now` (epoch ms) belongs to, and notes the event: a session ends SESSION_GAP_MS after its
 * last one. Kept in storage, so that the tabs of a site share it. A clock set back by more than the gap ends it too.
 */
export const sessionId = (now: number): string => {
  const [known, lastAt] = (load(KEY) ?? '').split(' ')
  const id = known && Math.abs(now - Number(lastAt)) < SESSION_GAP_MS ? known : randomId(randomBytes)
  save(KEY, `${id} ${now}`)
  return id
}

export const forgetSession = (): void => forget(KEY)
