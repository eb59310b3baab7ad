import { createHash } from 'node:crypto'
import { type Advanced, advance } from '../../collector/advance/advance.ts'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import type { PersonState } from '../../collector/contracts/state.ts'
import { EXAMPLE, published } from './model.ts'

/** A hash without a key: tests that look at ids only compare them. */
export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

export const ANNA = 'anna@acme.example'
export const leadId = (email: string): string => idOf(`email:${email}`)

interface Given {
  readonly versions?: readonly ModelVersion[]
  readonly now?: number
}

/** Advances facts in whatever order they are given, up to the last of them or `now`. */
export function advanceAll(facts: readonly Fact[], given: Given = {}): Advanced {
  const ordered = [...facts].sort(byOccurrence)
  const now = Math.max(given.now ?? 0, ordered.at(-1)?.occurredAt ?? 0)
  return advance({
    site: 'site',
    facts: ordered,
    versions: given.versions ?? [published(EXAMPLE)],
    idOf,
    now,
  })
}

/** The person an e-mail means, as of the last of the facts. */
export function personOf(email: string, facts: readonly Fact[], given: Given = {}): PersonState {
  const person = advanceAll(facts, given).persons.find(({ id }) => id === leadId(email))
  if (!person) throw new Error(`nobody is ${email}`)
  return person
}

/** `lead@+0 mql@+2d …`: a person's moves, as offsets from an instant, easy to compare. */
export const movesOf = (person: PersonState): readonly string[] =>
  person.transitions.map(({ from, to }) => `${from} → ${to}`)
