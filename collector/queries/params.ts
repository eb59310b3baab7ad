import Type, { type Static } from 'typebox'
import { FIT_GRADES } from '../../shared/grades.ts'
import { CLIENT_ID_PATTERN } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/limits.ts'
import { STAGES } from '../../shared/stages.ts'

/** Query parameters, one schema per list. `description` says what is expected: it is the error's text, too. */

const word = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }))
const oneOf = <V extends string>(...values: readonly V[]) =>
  Type.Optional(
    Type.Union(
      values.map(value => Type.Literal(value)),
      { description: `one of ${values.join(', ')}` },
    ),
  )

const Site = word('the id of a site')
const Time = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'an RFC 3339 time like 2026-03-01T09:00:00Z',
  }),
)
const Visitor = Type.Optional(
  Type.String({ pattern: CLIENT_ID_PATTERN, description: 'a visitor id: 8 to 64 of A-Z a-z 0-9 _ -' }),
)
const EventType = Type.Optional(
  Type.String({ minLength: 1, maxLength: LIMITS.nameChars, description: 'the name of an event type' }),
)
const Lead = word('the id of a lead')
const paging = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, description: 'a whole number from 1 to 200; 50 if absent' }),
  ),
  cursor: word('the `next` of the page before'),
}
const anyStage = `(${STAGES.join('|')})`

export const LeadsParams = Type.Object({
  site: Site,
  stage: Type.Optional(
    Type.String({
      pattern: `^${anyStage}(,${anyStage})*$`,
      description: `stages separated by commas, of ${STAGES.join(', ')}`,
    }),
  ),
  grade: oneOf(...FIT_GRADES),
  minEngagement: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, description: 'a number above 0: the least engagement score now' }),
  ),
  account: word('the id of an account'),
  test: oneOf('true', 'false'),
  q: word('part of an e-mail address, a name or a company, at most 200 characters'),
  sort: oneOf('engagement', 'fit', 'last_seen', 'mql_since'),
  ...paging,
})
export type LeadsParams = Static<typeof LeadsParams>

export const AccountsParams = Type.Object({
  site: Site,
  minScore: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, description: 'a number above 0: the least score now' }),
  ),
  domain: word('a domain like acme.example'),
  q: word('part of a domain or a company name, at most 200 characters'),
  sort: oneOf('score', 'fit', 'last_seen', 'people'),
  ...paging,
})
export type AccountsParams = Static<typeof AccountsParams>

export const SiteParams = Type.Object({ site: Site })

export const TimelineParams = Type.Object({ site: Site, ...paging })
export type TimelineParams = Static<typeof TimelineParams>

export const ScoreParams = Type.Object({
  site: Site,
  at: Time,
  model: Type.Optional(Type.Integer({ minimum: 1, description: 'the number of a published model version' })),
})
export type ScoreParams = Static<typeof ScoreParams>

export const EventsParams = Type.Object({
  site: Site,
  type: EventType,
  visitor: Visitor,
  lead: Lead,
  since: Time,
  until: Time,
  ...paging,
})
export type EventsParams = Static<typeof EventsParams>

export const StreamParams = Type.Object({ site: Site, type: EventType, visitor: Visitor, lead: Lead })
export type StreamParams = Static<typeof StreamParams>

export const DEFAULT_LIMIT = 50
