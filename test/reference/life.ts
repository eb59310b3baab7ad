import type { Fact } from '../../collector/contracts/facts.ts'
import type { ModelVersion } from '../../collector/contracts/model.ts'
import type { MqlPath, StageTransition } from '../../collector/contracts/state.ts'
import { type LifecycleStage, STAGES } from '../../shared/stages.ts'
import { fallAfter } from './fall.ts'
import type { Known } from './known.ts'
import type { Person } from './people.ts'
import {
  type Episode,
  episodeFrom,
  gatesAt,
  mayLeaveFrom,
  mayQualifyAgain,
  pathAt,
  staysMql,
} from './policy.ts'
import { causeOf, knownAt, type Step, stepsOf } from './steps.ts'

/**
 * The reference: scoring.md as literally as it can be written, and as slowly. It shares with the product what a fact says
 * (pages, traits, touchpoints, names of robots), and nothing of identity, traffic, scoring or stages. At every step all is
 * read anew from the list of facts; read it in this order: behaviour (was it a program), claims, names, timelines, owners,
 * joinings, people (whose is a fact, since when), traffic (does it count), matches (which rules does it meet), rules (what
 * is a match worth, how long does a rule hold), known (who is it), engagement (how much, how long), policy (does it
 * qualify), fall (until when), life (what happened).
 */

/** How a person's life stands: what has happened so far, and when time alone will change it. */
export interface Life {
  readonly stage: LifecycleStage
  readonly moves: readonly Move[]
  /** open from entering mql to leaving it for lead, nurturing or disqualified */
  readonly episode: Episode | null
  /** the latest decision that put the person to nurturing */
  readonly recycled: Fact | null
  /** when the fast track last opened an episode */
  readonly fastTracked: number | null
  /** a person put them to mql: nothing before the next event judges that */
  readonly stands: boolean
  readonly nextDueAt: number | null
}

export type Move = Pick<StageTransition, 'from' | 'to' | 'at' | 'model' | 'cause'> & {
  /** contact, when, fast_track, cooled, gate, or a decision's reason */
  readonly why: string
}

const UNKNOWN: Life = {
  stage: 'anonymous',
  moves: [],
  episode: null,
  recycled: null,
  fastTracked: null,
  stands: false,
  nextDueAt: null,
}

/** A person's life up to an instant: every event and publish in turn, and the fall that may come between two. */
export function lifeOf(person: Person, versions: readonly ModelVersion[], now: number): Life {
  // An anonymous person has scores but no stage.
  if (person.identifier === null) return UNKNOWN
  const steps = stepsOf(person, versions).filter(({ at }) => at <= now)
  return steps.reduce((life, step, i) => {
    const known = knownAt(step, person, versions)
    return untilNext(after(life, step, known), step, known, steps[i + 1]?.at ?? now + 1)
  }, UNKNOWN)
}

/** The first event of an identified person is the one that identifies them; a publish before it finds nobody. */
function after(life: Life, step: Step, known: Known): Life {
  const isEvent = typeof step.by === 'object'
  const lead = life.stage === 'anonymous' && isEvent ? moved(life, 'lead', step, known, 'contact') : life
  if (isEvent && step.by.type === 'decision') return decided(lead, step.by, step, known)
  return judged({ ...lead, stands: false }, step, known)
}

/** A person's word is done, whatever the policy says. */
function decided(life: Life, word: Fact, step: Step, known: Known): Life {
  const to = STAGES.find(stage => stage === word.props.to)
  if (to === undefined) return life
  const recycled = to === 'nurturing' ? word : life.recycled
  if (to === life.stage) return { ...life, recycled }
  return { ...moved(life, to, step, known, String(word.props.reason)), recycled, stands: to === 'mql' }
}

/** The policy, run once. */
function judged(life: Life, step: Step, known: Known): Life {
  const { stage, episode, recycled } = life
  if (stage === 'mql' && episode) {
    if (gatesAt(known, step.at).length > 0) return moved(life, 'lead', step, known, 'gate')
    const mayLeave = step.at >= mayLeaveFrom(episode, known)
    const stays = !mayLeave || staysMql(known, episode.by, step.at, recycled)
    return stays ? life : moved(life, 'lead', step, known, 'cooled')
  }
  // Stages after mql are moved by people alone.
  if (stage !== 'lead' && stage !== 'nurturing') return life
  if (recycled && !mayQualifyAgain(known, step, recycled)) return life
  const path = pathAt(known, step.at, recycled, life.fastTracked)
  return path === null ? life : moved(life, 'mql', step, known, path, path)
}

/** Time alone: until the next step an MQL may fall, once; nothing ever rises. */
function untilNext(life: Life, { at }: Step, known: Known, next: number): Life {
  const { stage, episode, recycled, stands } = life
  const due = stage === 'mql' && episode && !stands ? fallAfter(known, episode, at, recycled) : null
  if (due === null || due >= next) return { ...life, nextDueAt: due }
  return moved(life, 'lead', { at: due, by: 'time' }, known, 'cooled')
}

function moved(
  life: Life,
  to: LifecycleStage,
  step: Step,
  known: Known,
  why: string,
  by: MqlPath = 'decision',
): Life {
  const closes = to === 'lead' || to === 'nurturing' || to === 'disqualified'
  const opened = to === 'mql' ? episodeFrom(known, step.at, by) : life.episode
  const move = { from: life.stage, to, at: step.at, model: known.version.version, cause: causeOf(step), why }
  return {
    ...life,
    stage: to,
    moves: [...life.moves, move],
    episode: closes ? null : opened,
    fastTracked: by === 'fast_track' ? step.at : life.fastTracked,
    stands: false,
    nextDueAt: null,
  }
}
