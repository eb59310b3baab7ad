import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { LIMITS } from '../../shared/limits.ts'
import { TRAFFIC_KINDS } from '../contracts/evidence.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** What a person may say; what came too late is no kind of visitor, and the test key speaks for itself. */
const SAYABLE = ['auto', ...TRAFFIC_KINDS.filter(kind => kind !== 'too_late' && kind !== 'test')]

/** Body of `POST /v1/visitors/:visitor/traffic`. */
const TrafficRequest = Type.Object(
  {
    kind: Type.Enum(SAYABLE),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.stringChars })),
  },
  { additionalProperties: false },
)

const EXPECTED = `Expected {kind, reason?}, kind one of ${SAYABLE.join(', ')}; got another body.`

export const readTraffic = (body: unknown): Answer<Static<typeof TrafficRequest>> =>
  Check(TrafficRequest, body) ? answered(body) : refused('invalid_body', EXPECTED)
