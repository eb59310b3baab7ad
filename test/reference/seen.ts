import { engagementAt, flagsAt, rulesAt, scoreOf } from './engagement.ts'
import type { Life, Move } from './life.ts'
import { type Lived, livesIn } from './lives.ts'
import type { Person } from './people.ts'
import { gatesAt } from './policy.ts'
import { EVER_MS } from './random-rules.ts'
import type { Story } from './random-streams.ts'
import { whoIsWhoIn } from './seen-identity.ts'
import { knownAt } from './steps.ts'

/** What happens in a story, in words that a test can ask for: proof that random stories are worth their time. */
export const kindsIn = (story: Story): readonly string[] => [
  ...whoIsWhoIn(story),
  ...livesIn(story).flatMap(({ person, life }) => [
    ...life.moves.map(nameOf),
    ...life.moves.flatMap(move =>
      move.cause === 'due' ? [`fell as ${endedAt(move.at, { person, life }, story)}`] : [],
    ),
    ...life.moves.flatMap((move, i) => sequel(move, life.moves.slice(i + 1))),
    ...(life.moves.filter(isFastTracked).length > 1 ? ['on the fast track twice'] : []),
    ...(life.nextDueAt === null ? [] : ['will fall']),
    ...(willOpen(person, story) ? ['a gate will open'] : []),
    ...(person.facts.some(({ fact, by }) => fact !== by) ? ['history was joined'] : []),
  ]),
]

/** Whether a gate is closed that time alone will open. */
function willOpen(person: Person, { versions, now }: Story): boolean {
  const known = knownAt({ at: now, by: 'time' }, person, versions)
  return gatesAt(known, now).length > gatesAt(known, now + EVER_MS).length
}

const isFastTracked = ({ why, cause }: Move): boolean => why === 'fast_track' && cause !== 'decision'

const nameOf = ({ from, to, why, cause }: Move): string =>
  `${from} → ${to}: ${cause === 'decision' ? cause : `${why}, ${cause}`}`

/** What a fall by time alone came from: a flag's or a rule's end, or nothing but the score, which nears nought. */
function endedAt(at: number, { person, life }: Lived, { versions }: Story): string {
  const known = knownAt({ at, by: 'time' }, person, versions)
  const isFewer = (heldAt: typeof rulesAt) =>
    heldAt(known, at, life.recycled).length < heldAt(known, at - 1, life.recycled).length
  if (isFewer(flagsAt)) return 'a flag ended'
  if (isFewer(rulesAt)) return 'a rule ended'
  return scoreOf(engagementAt(known, at)) < 0 ? 'the score rose' : 'the score faded'
}

function sequel({ from, to, why }: Move, [next, ...later]: Life['moves']): readonly string[] {
  const isAgain = next?.to === 'mql' && next.cause !== 'decision'
  if (why === 'gate' && isAgain) return ['a gate closed and opened']
  if (why === 'cooled' && isAgain) return ['cooled and qualified again']
  if (from !== 'nurturing' || to !== 'mql' || next?.why !== 'cooled') return []
  return ['recycled, qualified again and cooled', ...(later[0]?.to === 'mql' ? ['and once more'] : [])]
}
