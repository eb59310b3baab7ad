import type { Handoff } from '../../contracts/state.ts'
import type { Component, QueryStore } from '../../storage/store.ts'

/** What a walk needs of a component; a store's `Component` is one. */
export type Walked = Pick<Component, 'facts' | 'persons'>

/** With all hand-offs that were ever told for its persons, oldest first. */
export interface Told extends Walked {
  readonly handoffs: readonly Handoff[]
}

/** A site's stored history, one connected component at a time. */
export interface History<C extends Pick<Component, 'facts'> = Told> {
  /** subjects that have facts, after one, ascending (the storage port's `subjects` of one site) */
  readonly subjects: (after: string, limit: number) => ReturnType<QueryStore['subjects']>
  /** everything connected to a subject (`loadConnected` in qualify) */
  readonly load: (subject: string) => Promise<C>
}

const PAGE = 200

/**
 * Every component once, in the order of their least subjects. Subjects are forgotten again when they are passed, so that
 * memory is bounded by a page and the components still open.
 */
export async function* componentsOf<C extends Pick<Component, 'facts'>>({
  subjects,
  load,
}: History<C>): AsyncGenerator<C, void> {
  const dealtWith = new Set<string>()
  for await (const subject of paged(subjects)) {
    if (dealtWith.delete(subject)) continue
    const component = await load(subject)
    for (const fact of component.facts) if (fact.subject > subject) dealtWith.add(fact.subject)
    yield component
  }
}

async function* paged(page: History['subjects']): AsyncGenerator<string, void> {
  let after = ''
  for (;;) {
    const names = await page(after, PAGE)
    yield* names
    after = names.at(-1) ?? after
    if (names.length < PAGE) return
  }
}
