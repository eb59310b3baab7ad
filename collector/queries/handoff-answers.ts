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

/** Everything that waits, page by page, the longest waiting first. */
export async function* waitingPages(
  store: Pick<HandoffStore, 'waitingHandoffs'>,
  site: string,
): AsyncGenerator<readonly Handoff[]> {
  for (let after: string | undefined; ; ) {
    const page = await store.waitingHandoffs(site, PAGE, after)
    yield page
    if (page.length < PAGE) return
    after = page.at(-1)?.id
  }
}

/** What became of each of many. */
export interface HandoffTally {
  /** ids */
  readonly answered: readonly string[]
  readonly known: readonly string[]
  readonly refused: readonly { readonly id: string; readonly status: Handoff['status'] | null }[]
}

/** How the answering of many goes on beside other work. */
export interface Pace {
  /** waited for between two, so that others get their turn */
  readonly pause: () => Promise<void>
  /** aborted: no more are answered; those that were stay so */
  readonly stop: AbortSignal
}

/** Answers many, one by one: those that wait when it begins, not what comes meanwhile. */
export async function answerChosen(
  store: HandoffStore,
  site: string,
  chosen: Chosen,
  answer: HandoffAnswer,
  { pause, stop }: Pace,
): Promise<HandoffTally> {
  const tally = {
    answered: [] as string[],
    known: [] as string[],
    refused: [] as HandoffTally['refused'][0][],
  }
  for (const id of await idsOf(store, site, chosen, { pause, stop })) {
    if (stop.aborted) break
    const outcome = await answerHandoff(store, site, id, answer)
    if (outcome.kind === 'unknown') tally.refused.push({ id, status: null })
    else if (outcome.kind === 'otherwise') tally.refused.push({ id, status: outcome.handoff.status })
    else tally[outcome.kind].push(id)
    await pause()
  }
  return tally
}

/** Of all that wait only the ids are kept, however many there are. */
async function idsOf(
  store: HandoffStore,
  site: string,
  chosen: Chosen,
  { pause, stop }: Pace,
): Promise<readonly string[]> {
  if ('ids' in chosen) return [...new Set(chosen.ids)]
  const ids: string[] = []
  for await (const page of waitingPages(store, site)) {
    for (const { id, model } of page) if (!('model' in chosen) || model === chosen.model) ids.push(id)
    if (stop.aborted) break
    await pause()
  }
  return ids
}
