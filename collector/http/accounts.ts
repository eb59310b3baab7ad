import { listAccounts, readAccount } from '../queries/accounts.ts'
import type { QueryDeps } from '../queries/deps.ts'
import { AccountsParams, SiteParams } from '../queries/params.ts'
import { readQuestion } from '../queries/read-params.ts'
import { redactAccount, redactAccountDetail } from '../queries/redact.ts'
import { refused } from '../queries/refusal.ts'
import { idIn, refusal, seesPersonalData } from './answer.ts'
import { json } from './respond.ts'
import type { Handle, Route } from './route.ts'

/** `/v1/accounts`: the companies people are with. */
export const accountRoutes = (deps: QueryDeps): readonly Route[] => [
  { method: 'GET', path: '/v1/accounts', access: ['read'], handle: accounts(deps) },
  { method: 'GET', path: '/v1/accounts/:id', access: ['read'], handle: account(deps) },
]

const accounts =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, AccountsParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const { site, params } = question.value
    const inFull = seesPersonalData(c)
    if ((params.q ?? params.domain) !== undefined && !inFull) return refusal(SEARCH_REFUSED)
    const { data, next } = await listAccounts(deps, site, params)
    return json({ data: inFull ? data : data.map(redactAccount), next })
  }

/** A company's domain is the tail of its people's addresses. */
const SEARCH_REFUSED = refused(
  'personal_data',
  'q, domain: expected a token with the scope leads:pii, for they tell whose people were here. Leave them out, or use another token.',
)

const account =
  (deps: QueryDeps): Handle =>
  async c => {
    const question = await readQuestion(deps.store, SiteParams, c.req.queries())
    if (!question.ok) return refusal(question)
    const found = await readAccount(deps, question.value.site, idIn(c))
    if (!found.ok) return refusal(found)
    return json(seesPersonalData(c) ? found.value : redactAccountDetail(found.value))
  }
