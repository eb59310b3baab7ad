import type { Handoff } from '../contracts/state.ts'
import type { HandoffAnswer, QueryStore, StateStore } from '../storage/store.ts'

export type HandoffStore = Pick<StateStore, 'answerHandoff'> & Pick<QueryStore, 'handoff' | 'waitingHandoffs'>

export type HandoffOutcome =
  /** `known`: it has that answer already, and nothing was done */
  | { readonly kind: 'answered' | 'known'; readonly handoff: Handoff }
  /** it has another answer, or it was withdrawn */
  | { readonly kind: 'otherwise'; readonly handoff: Handoff }
  | { readonly kind: 'unknown' }

/** Answers a hand-off. The same answer once more is the same act; an answer is not taken back. */
export async function answerHandoff(
  store: HandoffStore,
  site: string,
  id: string,
  answer: HandoffAnswer,
): Promise<HandoffOutcome> {
  const answered = await store.answerHandoff(site, id, answer)
  if (answered) return { kind: 'answered', handoff: answered }
  const handoff = await store.handoff(site, id)
  if (!handoff) return { kind: 'unknown' }
  return { kind: handoff.status === answer.status ? 'known' : 'otherwise', handoff }
}

/** Which hand-offs are meant: some, those that a model version made, or all that wait. */
export type Chosen = { readonly ids: readonly string[] } | { readonly model: number } | { readonly all: true }

const PAGE = 200

/** Everything that waits, the longest waiting first. */
export async function waitingHandoffs(
  store: Pick<HandoffStore, 'waitingHandoffs'>,
  site: string,
): Promise<readonly Handoff[]> {
  const all: Handoff[] = []
  for (;;) {
    const page = await store.waitingHandoffs(site, PAGE, all.at(-1)?.id)
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

/** What became of each of many. */
export interface HandoffTally {
  /** ids */
  readonly answered: readonly string[]
  readonly known: readonly string[]
  readonly refused: readonly { readonly id: string; readonly status: Handoff['status'] | null }[]
}

/**
 * Answers many, one by one: those that wait when it begins, not what comes meanwhile.
 * @param pause waited for between two, so that others get their turn
 */
export async function answerChosen(
  store: HandoffStore,
  site: string,
  chosen: Chosen,
  answer: HandoffAnswer,
  pause: () => Promise<void>,
): Promise<HandoffTally> {
  const tally = {
    answered: [] as string[],
    known: [] as string[],
    refused: [] as HandoffTally['refused'][0][],
  }
  for (const id of await idsOf(store, site, chosen)) {
    const outcome = await answerHandoff(store, site, id, answer)
    if (outcome.kind === 'unknown') tally.refused.push({ id, status: null })
    else if (outcome.kind === 'otherwise') tally.refused.push({ id, status: outcome.handoff.status })
    else tally[outcome.kind].push(id)
    await pause()
  }
  return tally
}

async function idsOf(store: HandoffStore, site: string, chosen: Chosen): Promise<readonly string[]> {
  if ('ids' in chosen) return [...new Set(chosen.ids)]
  const waiting = await waitingHandoffs(store, site)
  return waiting.filter(({ model }) => !('model' in chosen) || model === chosen.model).map(({ id }) => id)
}
