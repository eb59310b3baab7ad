/** Every reason why a question has no answer: the closed list that docs/api.md explains. */
export const REFUSALS = {
  unknown_parameter: { status: 400, title: 'There is no such parameter' },
  invalid_parameter: { status: 400, title: 'A parameter has another form' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of this list' },
  invalid_position: { status: 400, title: 'The position is not one of this stream' },
  invalid_body: { status: 400, title: 'The body has another form' },
  site_required: { status: 400, title: 'Say which site' },
  unknown_site: { status: 404, title: 'There is no such site' },
  unknown_lead: { status: 404, title: 'There is no such lead' },
  unknown_visitor: { status: 404, title: 'There is no such visitor' },
  unknown_account: { status: 404, title: 'There is no such account' },
  unknown_model: { status: 404, title: 'There is no such model version' },
  personal_data: { status: 403, title: 'This needs the scope leads:pii' },
  illegal_merge: { status: 409, title: 'These leads cannot be merged or parted' },
  illegal_move: { status: 409, title: 'The lead cannot move there' },
  key_reused: { status: 409, title: 'The Idempotency-Key belongs to another decision' },
  not_settled: { status: 503, title: 'Not all of it was done: try again' },
} as const

export type RefusalCode = keyof typeof REFUSALS

/** Expected, so a value and not an error; http turns it into a problem. */
export interface Refusal {
  readonly code: RefusalCode
  /** what was expected, what came, how to mend it */
  readonly detail: string
  /** the same for programs: further members of the problem */
  readonly members: Readonly<Record<string, unknown>>
}

export type Refused = { readonly ok: false; readonly refusal: Refusal }
export type Answer<T> = { readonly ok: true; readonly value: T } | Refused

export const answered = <T>(value: T): Answer<T> => ({ ok: true, value })

export const refused = (code: RefusalCode, detail: string, members: Refusal['members'] = {}): Refused => ({
  ok: false,
  refusal: { code, detail, members },
})
