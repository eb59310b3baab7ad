import type { ScoringModel } from '../../contracts/model.ts'
import { leavesOf } from '../../scoring/conditions.ts'
import type { Models } from './changes.ts'
import type { Refusal } from './guard.ts'
import type { RefusedInput } from './shapes.ts'
import type { PersonSummary } from './summary.ts'

/** What the leak guard kept from the models, as far as a rule of one of them asks for it; most people first. */
export function refusedInputs(people: readonly PersonSummary[], models: Models): readonly RefusedInput[] {
  const inputs = new Map<string, { readonly refusal: Refusal; people: number }>()
  for (const refusal of people.flatMap(({ refused }) => refused)) {
    const key = `${refusal.kind} ${refusal.name}`
    const input = inputs.get(key) ?? { refusal, people: 0 }
    input.people += 1
    inputs.set(key, input)
  }
  const asked = { old: askersOf(models.old), new: askersOf(models.new) }
  return [...inputs.values()]
    .map(({ refusal, people: count }) => ({
      ...refusal,
      people: count,
      askedBy: (['new', 'old'] as const).flatMap(side =>
        asked[side].filter(asks(refusal)).map(({ id }) => `${side}: ${id}`),
      ),
    }))
    .filter(({ askedBy }) => askedBy.length > 0)
    .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1))
}

/** A rule, a gate or the policy, and what it reads. */
interface Asker {
  readonly id: string
  readonly traits: readonly string[]
  readonly event: string | null
}

function askersOf({ fit, disqualify, engagement, mql }: ScoringModel): readonly Asker[] {
  const persons = [...fit.rules, ...disqualify, { id: 'mql.when', if: mql.when }]
  return [
    ...persons.map(({ id, if: condition }) => ({
      id,
      traits: leavesOf(condition).map(({ key }) => key),
      event: null,
    })),
    ...engagement.rules.map(({ id, on }) => ({ id, traits: [], event: on })),
  ]
}

const asks =
  ({ kind, name }: Refusal) =>
  ({ traits, event }: Asker): boolean =>
    kind === 'event'
      ? event === name
      : [name, ...(FOLLOWS_FROM[name] ?? [])].some(one => traits.includes(one))

/** What a trait tells besides itself (enrich/profile.ts). */
const FOLLOWS_FROM: Readonly<Record<string, readonly string[]>> = {
  jobTitle: ['seniority', 'jobFunction'],
  firstName: ['fullName'],
  lastName: ['fullName'],
  fullName: ['firstName', 'lastName'],
}
