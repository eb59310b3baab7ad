import type { Touchpoint } from '../../collector/contracts/evidence.ts'
import { isWord } from '../../collector/contracts/facts.ts'
import type { PersonState, UnconfirmedDevice } from '../../collector/contracts/state.ts'
import { differing } from './compare.ts'
import type { Known } from './known.ts'
import type { Person } from './people.ts'

/** Who they are, what speaks for it and against it, and where they came from. */
export function identityDiffering(person: Person, known: Known, got: PersonState): readonly string[] {
  const { claims, identifier, unconfirmed, people, facts } = person
  const done = facts.map(({ fact }) => fact).filter(fact => !isWord(fact))
  const visitors = new Set(done.flatMap(({ visitor }) => visitor ?? []))
  const suspicions = [
    ...(known.isContradicted ? ['contradiction'] : []),
    ...(people >= 4 ? ['many_people'] : []),
  ]
  const byPerson = (devices: readonly UnconfirmedDevice[]) =>
    devices.map(({ person: device, visitor, since }) => `${device} ${visitor} ${since}`).toSorted()
  const ofTouch = (touch: Touchpoint | null) => touch && [touch.at, touch.channel]
  return [
    ...differing('identifier', identifier, got.identifier),
    ...differing('claims', claims, got.claims),
    ...differing('unconfirmed', byPerson(unconfirmed), byPerson(got.unconfirmed)),
    ...differing('suspicions', suspicions, got.suspicions),
    ...differing('visitors', [...visitors].toSorted(), got.visitors),
    ...differing(
      'isTest',
      done.some(({ noted }) => noted?.test),
      got.isTest,
    ),
    ...differing('first touch', ofTouch(known.firstTouch), ofTouch(got.firstTouch)),
    ...differing('last touch', ofTouch(known.lastTouch), ofTouch(got.lastTouch)),
    ...differing('e-mail', known.profile.traits.email?.value, got.traits.email?.value),
  ]
}
