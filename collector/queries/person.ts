import { type Advanced, type AdvanceInput, advance } from '../advance/advance.ts'
import type { PersonState } from '../contracts/state.ts'
import { mergesIn } from '../identity/merges.ts'
import type { QueryDeps } from './deps.ts'
import { type Answer, answered, refused } from './refusal.ts'

/** What a person's state is computed from, as `advance` and `explainScore` take it. */
export type Origin = Omit<AdvanceInput, 'now'>

export async function originOf(deps: QueryDeps, state: PersonState): Promise<Origin> {
  const { site, id, identifier } = state
  const identifiers = identifier === null ? [] : [identifier]
  // Decisions are on a timeline named after the lead.
  const subjects = [...state.subjects, id]
  const [component, versions, idOf] = await Promise.all([
    deps.store.loadComponent(site, { subjects, identifiers }),
    deps.versionsOf(site),
    deps.idsOf(site),
  ])
  return { site, facts: component.facts, versions, idOf }
}

/** Now, or when the latest of the facts happened: the clock may have been put back, and all that is known counts. */
export const nowFor = (deps: QueryDeps, { facts }: Origin): number =>
  Math.max(deps.clock(), facts.at(-1)?.occurredAt ?? 0)

/** A stored state as of now: what time has changed since is computed, before the worker has published it. */
export async function asOfNow(deps: QueryDeps, state: PersonState): Promise<PersonState> {
  if (state.nextDueAt === null || state.nextDueAt > deps.clock()) return state
  const origin = await originOf(deps, state)
  return personIn(advance({ ...origin, now: nowFor(deps, origin) }), state)
}

const personIn = ({ persons }: Advanced, state: PersonState): PersonState =>
  persons.find(({ id }) => id === state.id) ?? state

/** A person of the site, identified or not, as of now. */
export async function findPerson(deps: QueryDeps, site: string, id: string): Promise<Answer<PersonState>> {
  const stored = await deps.store.person(site, id)
  if (stored) return answered(await asOfNow(deps, stored.state))
  const mergedInto = await successorOf(deps, site, id)
  return mergedInto === null
    ? refused('unknown_lead', `Expected the id of a lead of the site ${site}, got ${JSON.stringify(id)}.`)
    : refused('unknown_lead', `The lead ${id} was merged into ${mergedInto}. Ask for that one.`, {
        mergedInto,
      })
}

/** The lead that goes on for one that was merged; null: it never was. */
async function successorOf({ store }: QueryDeps, site: string, id: string): Promise<string | null> {
  const { facts, persons } = await store.loadComponent(site, { subjects: [id], identifiers: [] })
  const merges = mergesIn(facts)
  let current = id
  for (const { from, into } of merges) if (from === current) current = into
  return current !== id && persons.some(({ state }) => state.id === current) ? current : null
}
