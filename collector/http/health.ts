import type { Store } from '../storage/store.ts'
import { problem } from './problem.ts'
import { json } from './respond.ts'
import type { Route } from './route.ts'

/** `/healthz`: the process answers. `/readyz`: it can commit, so events may be sent to it. */
export const healthRoutes = (store: Pick<Store, 'ping'>): readonly Route[] => [
  { method: 'GET', path: '/healthz', access: 'public', handle: () => json({ status: 'alive' }) },
  {
    method: 'GET',
    path: '/readyz',
    access: 'public',
    handle: async () => {
      try {
        await store.ping()
        return json({ status: 'ready' })
      } catch {
        const detail = 'Expected a store that can commit, came none. The log says why.'
        return problem(503, 'store_unavailable', 'Not ready', detail, { headers: { 'retry-after': '5' } })
      }
    },
  },
]
