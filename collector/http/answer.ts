import type { Context } from 'hono'
import { type Answer, REFUSALS, type Refused } from '../queries/refusal.ts'
import { problem } from './problem.ts'
import { json } from './respond.ts'
import type { HttpEnv } from './route.ts'

export function refusal({ refusal: { code, detail, members } }: Refused): Response {
  const { status, title } = REFUSALS[code]
  return problem(status, code, title, detail, { members })
}

/** A query's answer as JSON, or the problem it met. */
export const respond = <T>(answer: Answer<T>): Response => (answer.ok ? json(answer.value) : refusal(answer))

/** The `:id` of the route. */
export const idIn = (c: Context<HttpEnv>): string => c.req.param('id') ?? ''

/** Whether the asker may see what people said about themselves. */
export const seesPersonalData = (c: Context<HttpEnv>): boolean => c.get('token').scopes.includes('leads:pii')
