import { createHash } from 'node:crypto'
import type { Fact } from '../contracts/facts.ts'
import type { PersonState, StageTransition } from '../contracts/state.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { checkMove, type MoveRequest } from '../queries/move.ts'
import { findPerson, originOf } from '../queries/person.ts'
import { type Answer, answered, refused } from '../queries/refusal.ts'
import type { Token } from '../storage/store.ts'
import { appliedSoon, type Waiting } from './applied-soon.ts'
import { newFactId, operatorFact } from './operator-fact.ts'

export type DecideDeps = QueryDeps & Waiting

/** A person moves a lead. */
export interface Move {
  readonly site: string
  readonly lead: string
  readonly request: MoveRequest
  readonly token: Token
  /** the sender's Idempotency-Key; null: none */
  readonly key: string | null
}

/** The recorded decision, and the transition it made; null while the qualifier has not come to it. */
export interface Decided {
  readonly fact: Fact
  readonly transition: StageTransition | null
}

/**
 * Records a person's decision on a lead and waits for what it does. The same key with the same decision is the same
 * act, done once.
 */
export async function decide(deps: DecideDeps, move: Move): Promise<Answer<Decided>> {
  const found = await findPerson(deps, move.site, move.lead)
  if (!found.ok) return found
  const state = found.value
  const now = deps.clock()
  const id = move.key === null ? newFactId(now) : idOfKey(move, move.key)
  const known = move.key === null ? undefined : await recorded(deps, state, id)
  if (known) return repeated(deps, known, move, state)

  const at = checkMove(state, move.request, now)
  if (!at.ok) return at
  const fact = factOf(move, id, at.value, now)
  const { outcomes } = await deps.store.record({ facts: [fact], quarantined: [] })
  if (outcomes[0] === 'accepted') return answered(await settled(deps, fact, state))
  // Another request with this key was faster: its decision counts.
  return repeated(deps, await recorded(deps, state, id), move, state)
}

async function repeated(
  deps: DecideDeps,
  known: Fact | undefined,
  move: Move,
  state: PersonState,
): Promise<Answer<Decided>> {
  return known && isSame(known, move)
    ? answered(await settled(deps, known, state))
    : refused('key_reused', 'Expected a new Idempotency-Key for another decision, got one used before.')
}

const recorded = async (deps: DecideDeps, state: PersonState, id: string): Promise<Fact | undefined> =>
  (await originOf(deps, state)).facts.find(fact => fact.id === id && fact.type === 'decision')

async function settled(deps: DecideDeps, fact: Fact, state: PersonState): Promise<Decided> {
  const already = transitionBy(fact, state)
  if (already) return { fact, transition: already }
  const soon = appliedSoon(deps, fact.site, persons => {
    const lead = persons.find(({ id }) => id === fact.subject)
    return lead && transitionBy(fact, lead)
  })
  deps.signals.emit({ kind: 'recorded', site: fact.site })
  const transition = await soon
  if (transition) return { fact, transition }
  // Another process may have applied it, whose signals are not heard here.
  const later = await deps.store.person(fact.site, fact.subject)
  return { fact, transition: (later && transitionBy(fact, later.state)) ?? null }
}

const transitionBy = (fact: Fact, { transitions }: PersonState): StageTransition | undefined =>
  transitions.findLast(
    ({ cause, at, to, actor }) =>
      cause === 'decision' && at === fact.occurredAt && to === fact.props.to && actor === fact.actor,
  )

const factOf = ({ site, lead, request, token }: Move, id: string, at: number, now: number): Fact =>
  operatorFact(
    { id, site, subject: lead, type: 'decision', props: propsOf(request), at, actor: token.label },
    now,
  )

const propsOf = ({ at: _, ...props }: MoveRequest): Fact['props'] => props

function isSame(fact: Fact, { request }: Move): boolean {
  const inOrder = (props: Fact['props']): string => JSON.stringify(Object.entries(props).sort())
  const sameTime = request.at === undefined || Date.parse(request.at) === fact.occurredAt
  return sameTime && inOrder(fact.props) === inOrder(propsOf(request))
}

/** A UUID of version 8 (RFC 9562 §5.8) made of who decided on what with which key: the same again for the same. */
function idOfKey({ site, lead, token }: Move, key: string): string {
  const hash = createHash('sha256').update([site, lead, token.id, key].join('\0')).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')
}
