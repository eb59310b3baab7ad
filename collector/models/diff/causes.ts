import type { Fact } from '../../contracts/facts.ts'
import type { ScoringModel } from '../../contracts/model.ts'
import type { PersonState } from '../../contracts/state.ts'
import { type BackTest, firstMql, live, type Qualification } from './back-test.ts'
import type { Both, Causes } from './shapes.ts'

/**
 * Why one model makes a person an MQL and the other does not, found by trying: each change is taken back alone; if none is
 * needed, each is made alone.
 * @param id of a person of the component whose facts these are
 * @returns null when the models agree on the person, or disagree outside of the period
 */
export function causesOf(
  id: string,
  first: Both<Qualification | null>,
  facts: readonly Fact[],
  test: BackTest,
): Causes | null {
  const only = first.old && first.new ? null : (first.new ?? first.old)
  const { since, until } = test.period
  if (!only || only.at < since || only.at > until) return null

  const gains = first.new !== null
  const stateUnder = (model: ScoringModel, at: number) => live(test, facts, model, at).get(id)
  const qualifies = (model: ScoringModel): boolean => {
    const state = stateUnder(model, until)
    return state !== undefined && firstMql(state) !== null
  }
  const rules = heaviest(stateUnder(gains ? test.models.new : test.models.old, only.at))
  const needed = test.changes.filter(({ reverted }) => qualifies(reverted) !== gains)
  if (needed.length > 0) return { kind: 'needed', changes: needed.map(idOf), rules }
  const enough = test.changes.filter(({ applied }) => qualifies(applied) === gains)
  return { kind: enough.length > 0 ? 'enough' : 'together', changes: enough.map(idOf), rules }
}

const idOf = ({ id }: { readonly id: string }): string => id

/** As many as say it at a glance (our choice). */
const SHOWN_RULES = 3

const heaviest = (state: PersonState | undefined): readonly string[] =>
  (state?.mql?.reasons ?? [])
    .filter(({ decayed }) => decayed > 0)
    .sort((a, b) => b.decayed - a.decayed)
    .slice(0, SHOWN_RULES)
    .map(({ rule }) => rule)
