import { memoByObject } from '../../shared/memo.ts'
import { idOf } from '../support/history.ts'
import { type Life, lifeOf } from './life.ts'
import { type Person, peopleOf } from './people.ts'
import type { Story } from './random-streams.ts'

export interface Lived {
  readonly person: Person
  readonly life: Life
}

/** The people of a story and their lives up to its end. */
export const livesIn = memoByObject(({ facts, versions, now }: Story): readonly Lived[] =>
  peopleOf(facts, idOf).map(person => ({ person, life: lifeOf(person, versions, now) })),
)
