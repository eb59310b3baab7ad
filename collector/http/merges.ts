import type { QueryDeps } from '../queries/deps.ts'
import { checkMerge, checkUnmerge, readMerge } from '../queries/merge.ts'
import { SiteParams } from '../queries/params.ts'
import { findPerson, originOf } from '../queries/person.ts'
import { readQuestion } from '../queries/read-params.ts'
import { type Answer, answered } from '../queries/refusal.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import { idIn, refusal } from './answer.ts'
import { appliedSoon, type Waiting } from './applied-soon.ts'
import { operatorFact } from './operator-fact.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export type MergeDeps = QueryDeps & Waiting

/** `POST /v1/leads/:id/merge|unmerge`: a person says that another lead is this one, or takes that back. */
export const mergeRoutes = (deps: MergeDeps): readonly Route[] => [
  { method: 'POST', path: '/v1/leads/:id/merge', access: ['write'], handle: speak(deps, 'merge') },
  { method: 'POST', path: '/v1/leads/:id/unmerge', access: ['write'], handle: speak(deps, 'unmerge') },
]

interface Word {
  readonly type: 'merge' | 'unmerge'
  readonly site: string
  /** ids */
  readonly into: string
  readonly other: string
  /** when, epoch ms: after all that is known of both */
  readonly at: number
}

const speak =
  (deps: MergeDeps, type: Word['type']): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const request = readMerge(body.value)
    if (!request.ok) return refusal(request)
    const { site } = question.value
    const word = await wordOf(deps, { type, site, into: idIn(c), other: request.value.lead })
    return word.ok ? record(deps, word.value, c.get('token').label) : refusal(word)
  }

async function wordOf(deps: MergeDeps, asked: Omit<Word, 'at'>): Promise<Answer<Word>> {
  const { type, site, into, other } = asked
  const lead = await findPerson(deps, site, into)
  if (!lead.ok) return lead
  const { facts } = await originOf(deps, lead.value)
  const at = Math.max(deps.clock(), (facts.at(-1)?.occurredAt ?? 0) + 1)
  if (type === 'unmerge') {
    const undoable = checkUnmerge(facts, into, other)
    return undoable.ok ? answered({ ...asked, at }) : undoable
  }
  const second = await findPerson(deps, site, other)
  if (!second.ok) return second
  const possible = checkMerge(lead.value, second.value)
  return possible.ok ? answered({ ...asked, at: Math.max(at, second.value.lastSeenAt + 1) }) : possible
}

/** 201 once it is applied; 202 when it is safe but the qualifier is behind. */
async function record(deps: MergeDeps, word: Word, actor: string): Promise<Response> {
  const { type, site, into, other, at } = word
  const applied = appliedSoon(deps, site, persons => {
    const ids = persons.map(({ id }) => id)
    return ids.includes(into) && ids.includes(other) === (type === 'unmerge') ? true : null
  })
  await deps.store.record({
    facts: [operatorFact({ site, type, subject: into, props: { lead: other }, at, actor }, deps.clock())],
    quarantined: [],
  })
  deps.signals.emit({ kind: 'recorded', site })
  const answer = { lead: into, [type === 'merge' ? 'merged' : 'unmerged']: other, at: rfc3339(at), actor }
  return (await applied) ? json(answer, 201) : json({ ...answer, pending: true }, 202)
}
