import type { GroupCommit } from '../ingest/group-commit.ts'
import type { Noting } from '../ingest/noting.ts'
import { type Release, release } from '../ingest/release.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { DEFAULT_LIMIT, SiteParams } from '../queries/params.ts'
import { asideShape, QuarantineParams } from '../queries/quarantine.ts'
import { readQuestion } from '../queries/read-params.ts'
import { rfc3339 } from '../queries/rfc3339.ts'
import type { Signals } from '../signals.ts'
import type { Settled } from '../storage/quarantine-store.ts'
import { idIn, refusal, seesPersonalData } from './answer.ts'
import { problem } from './problem.ts'
import { readJson } from './read-json.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

export interface QuarantineDeps extends Pick<QueryDeps, 'store' | 'clock'> {
  readonly commits: GroupCommit
  readonly signals: Signals
  readonly noting: Noting
}

/** `/v1/quarantine`: events that failed their check and wait for a person. */
export const quarantineRoutes = (deps: QuarantineDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/quarantine', access: ['read'], handle: list(deps) },
  { method: 'POST', path: '/v1/quarantine/:id/release', access: ['write'], handle: releaseOne(deps) },
  { method: 'POST', path: '/v1/quarantine/:id/discard', access: ['write'], handle: discardOne(deps) },
]

/** Why a quarantined event is not settled: the closed list that docs/api.md explains. */
export const QUARANTINE_PROBLEMS = {
  unknown_quarantined: { status: 404, title: 'There is no such event in quarantine' },
  already_settled: { status: 409, title: 'The event is settled already' },
  still_invalid: { status: 422, title: 'The event still fails its check' },
} as const

const list =
  (deps: QuarantineDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, QuarantineParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const { limit = DEFAULT_LIMIT, cursor } = params
    const found = await deps.store.aside(site, limit + 1, cursor)
    const shown = found.slice(0, limit)
    const data = shown.map(aside => asideShape(aside, seesPersonalData(c)))
    return json({ data, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null })
  }

const releaseOne =
  (deps: QuarantineDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const body = await readJson(c.env.incoming)
    if (!body.ok) return body.answer
    const { site } = question.value
    const params = (await deps.store.sites()).find(({ id }) => id === site)?.params ?? []
    const given = { site, id: idIn(c), event: body.value, params, actor: c.get('token').label }
    const released = await release(releasing(deps), { ...given, now: deps.clock() })
    if (released.kind === 'released' && released.outcome === 'accepted')
      deps.signals.emit({ kind: 'recorded', site })
    return releaseAnswer(released, site, given.id)
  }

const releasing = ({ store, commits, noting }: QuarantineDeps): Parameters<typeof release>[0] => ({
  store,
  network: noting.network,
  record: async (fact, bytes) => {
    const submitted = commits.submit({ facts: [fact], quarantined: [] }, bytes)
    return submitted === 'overloaded' ? submitted : ((await submitted)[0] ?? 'duplicate')
  },
})

function releaseAnswer(released: Release, site: string, id: string): Response {
  switch (released.kind) {
    case 'released':
      return json({ site, id, status: 'released', event: released.event, outcome: released.outcome })
    case 'unknown':
      return unknown(id)
    case 'settled':
      return alreadySettled(released.settled)
    case 'overloaded':
      return problem(503, 'overloaded', 'Not now', 'Too much at once. Send it again in a second.', {
        headers: { 'retry-after': '1' },
      })
    case 'unsound': {
      const { status, title } = QUARANTINE_PROBLEMS.still_invalid
      const { path, message } = released.flaw
      const detail = `${path === '' ? 'The event' : path}: ${message}`
      return problem(status, 'still_invalid', title, detail, { members: { error: released.flaw } })
    }
  }
}

const discardOne =
  (deps: QuarantineDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site } = question.value
    const id = idIn(c)
    const word = { as: 'discarded', at: deps.clock(), actor: c.get('token').label } as const
    if (await deps.store.settleAside(site, id, word)) return json({ site, id, status: 'discarded' })
    const settled = (await deps.store.asideById(site, id))?.settled
    return settled ? alreadySettled(settled) : unknown(id)
  }

function unknown(id: string): Response {
  const { status, title } = QUARANTINE_PROBLEMS.unknown_quarantined
  const detail = `Expected the id of an event in this site's quarantine, got ${JSON.stringify(id.slice(0, 60))}.`
  return problem(status, 'unknown_quarantined', title, detail)
}

function alreadySettled({ as, at, actor }: Settled): Response {
  const { status, title } = QUARANTINE_PROBLEMS.already_settled
  const detail = `Expected an event that waits, got one that ${actor} has ${as}. What was said stays said.`
  return problem(status, 'already_settled', title, detail, {
    members: { settled: { status: as, at: rfc3339(at), by: actor } },
  })
}
