import Type, { type Static } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { EVENT_PROPS } from '../../shared/events.ts'
import { LIMITS } from '../../shared/limits.ts'
import { STAGES } from '../../shared/stages.ts'
import type { PersonState } from '../contracts/state.ts'
import { legalMove, movesFrom } from '../lifecycle/stages.ts'
import { type Answer, answered, refused } from './refusal.ts'
import { rfc3339 } from './rfc3339.ts'

/** What a person asks for with `POST /v1/leads/:id/transitions`: a decision, and when it was made. */
export const MoveRequest = Type.Object(
  {
    ...EVENT_PROPS.decision.properties,
    reason: Type.String({ minLength: 1, maxLength: LIMITS.stringChars }),
    /** RFC 3339; absent: now */
    at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
)
export type MoveRequest = Static<typeof MoveRequest>

export function readMove(body: unknown): Answer<MoveRequest> {
  if (Check(MoveRequest, body)) return answered(body)
  const [error] = Errors(MoveRequest, body)
  const where = error?.instancePath || 'the body'
  const flaw =
    where === '/to'
      ? `to: expected one of ${STAGES.join(', ')}`
      : `${where} ${error?.message ?? 'is another'}`
  return refused('invalid_body', `Expected {to, reason, note?, amount?, currency?, at?}; ${flaw}.`)
}

/**
 * Checks a person's move of a lead when it is made (scoring.md). Made now, it comes after all that is known of the lead;
 * dated back, after the lead's latest move, for what happened since would contradict it.
 * @returns when it is made, epoch ms
 */
export function checkMove(state: PersonState, { to, at }: MoveRequest, now: number): Answer<number> {
  const { stage, lastSeenAt } = state
  if (!legalMove(stage, to)) {
    const legal = movesFrom(stage)
    const ways = legal.length > 0 ? `a move to ${legal.join(', ')}` : 'no move'
    return refused('illegal_move', `From ${stage} expected ${ways}, got one to ${to}.`, {
      from: stage,
      legal,
    })
  }
  const latest = state.transitions.at(-1)?.at ?? 0
  if (at === undefined) return answered(Math.max(now, lastSeenAt + 1, latest + 1))
  const asked = Date.parse(at)
  if (asked > latest && asked <= now) return answered(asked)
  const span = `after the lead's latest move, ${rfc3339(latest)}, and not after now, ${rfc3339(now)}`
  return refused('invalid_body', `at: expected a time ${span}; got ${at}.`)
}
