import type { Handoff, MqlState, StageTransition } from '../contracts/state.ts'
import { endsEpisode } from './stages.ts'

/** A stretch of computed history during which the person was an MQL or beyond it with sales; `until` null: open. */
export interface Episode {
  readonly since: number
  readonly until: number | null
  /** what opened it */
  readonly cause: StageTransition['cause']
}

/** The episodes in a computed history, oldest first. */
export function episodesIn(transitions: readonly StageTransition[]): readonly Episode[] {
  const episodes: Episode[] = []
  for (const { to, at, cause } of transitions) {
    const last = episodes.at(-1)
    const open = last !== undefined && last.until === null
    if (to === 'mql' && !open) episodes.push({ since: at, until: null, cause })
    if (open && endsEpisode(to)) episodes[episodes.length - 1] = { ...last, until: at }
  }
  return episodes
}

export interface Telling {
  /** null: sales knows, or there is nothing to say */
  readonly tell: Handoff | null
  /** ids of hand-offs whose episode vanished from the computed history */
  readonly withdraw: readonly string[]
}

export interface TellingInput {
  readonly site: string
  readonly lead: string
  readonly stage: string
  readonly mql: MqlState | null
  readonly transitions: readonly StageTransition[]
  readonly model: number
  /** everything sales was ever told of this lead, oldest first */
  readonly handoffs: readonly Handoff[]
  /** a person's word is needed first: manual hand-off, or rescoring made the MQL */
  readonly waits: boolean
  readonly idOf: (text: string) => string
  readonly now: number
}

/**
 * What to tell sales (scoring.md, Computed and told): an open episode once, and never while a told one is open. A told
 * episode is recognised by its beginning or by the instant of telling lying inside it, so that neither a late event
 * which moves the beginning nor a decision dated back before the telling tells it twice or takes it back.
 * It waits for a person's word when the hand-off is by hand, and when a publish, an import or rescoring made the MQL.
 */
export function telling(input: TellingInput): Telling {
  const { handoffs, stage, mql, now } = input
  const episodes = episodesIn(input.transitions)
  const standing = handoffs.filter(handoff => handoff.status !== 'withdrawn')
  const vanished = standing.filter(handoff => !episodes.some(episode => tells(handoff, episode)))
  const open = episodes.at(-1)
  const known = standing.some(handoff => open !== undefined && tells(handoff, open))
  const news = stage === 'mql' && mql !== null && open?.until === null && !known
  return { tell: news ? handoffOf(input, mql, open, now) : null, withdraw: vanished.map(({ id }) => id) }
}

/** Whether a hand-off is the one of an episode. */
export const tells = ({ toldAt, episodeSince }: Handoff, episode: Episode): boolean =>
  covers(episode, toldAt) || covers(episode, episodeSince)

const covers = ({ since, until }: Episode, at: number): boolean =>
  at >= since && (until === null || at <= until)

const WAITING_CAUSES: ReadonlySet<StageTransition['cause']> = new Set(['publish', 'import'])

function handoffOf(input: TellingInput, mql: MqlState, episode: Episode, now: number): Handoff {
  return {
    id: input.idOf(`handoff:${input.lead}:${input.handoffs.length}`),
    site: input.site,
    lead: input.lead,
    episodeSince: episode.since,
    toldAt: Math.max(now, episode.since),
    status: input.waits || WAITING_CAUSES.has(episode.cause) ? 'waiting' : 'told',
    reasons: mql.reasons,
    fitScore: mql.fitScore,
    fitGrade: mql.fitGrade,
    engagementScore: mql.engagementScore,
    model: input.model,
  }
}
