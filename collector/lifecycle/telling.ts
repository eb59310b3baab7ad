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
  /** ids of hand-offs that no longer stand */
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
  /** what it was told of leads that were merged into this one: set aside, theirs again when they are parted */
  readonly ofMerged: readonly Handoff[]
  /** a person's word comes before each hand-off: the model wants it, or something is suspicious about the lead */
  readonly isByHand: boolean
  /** made with the test key: nobody is told */
  readonly isTest: boolean
  /** epoch ms of the earliest of what came live and was not looked at yet; null: nothing did */
  readonly liveSince: number | null
  readonly idOf: (text: string) => string
  readonly now: number
}

/**
 * What to tell sales (scoring.md, Computed and told): an open episode once, and never while a told one is open. A told
 * episode is recognised by its beginning or by the instant of telling lying inside it, so that neither a late event
 * which moves the beginning nor a decision dated back before the telling tells it twice or takes it back.
 */
export function telling(input: TellingInput): Telling {
  const { handoffs, ofMerged, stage, mql, now } = input
  const episodes = episodesIn(input.transitions)
  const { standing, fallen } = sift(handoffs, episodes, stage)
  const open = episodes.at(-1)
  const known = [...standing, ...ofMerged].some(handoff => open !== undefined && tells(handoff, open))
  const news = stage === 'mql' && mql !== null && open?.until === null && !known && !input.isTest
  return { tell: news ? handoffOf(input, mql, open, now) : null, withdraw: fallen.map(({ id }) => id) }
}

/** Whether there is something to take back: sales was told, or is about to be. */
export const isOpen = ({ status }: Handoff): boolean => status === 'waiting' || status === 'told'

/**
 * One hand-off stands for an episode, the first: of two told episodes that late events join, the later is taken back. So is
 * one whose episode vanished, and one that still waits for a word when its episode is over, or when sales has taken the
 * lead by itself: there is nothing left to tell.
 */
function sift(handoffs: readonly Handoff[], episodes: readonly Episode[], stage: string) {
  const standing: Handoff[] = []
  const fallen: Handoff[] = []
  const spokenFor = new Set<Episode>()
  for (const handoff of handoffs.filter(handoff => isOpen(handoff) || handoff.status === 'declined')) {
    const own = episodes.find(episode => tells(handoff, episode) && !spokenFor.has(episode))
    const stands =
      own !== undefined && (handoff.status !== 'waiting' || (own.until === null && stage === 'mql'))
    if (own !== undefined && stands) spokenFor.add(own)
    if (stands) standing.push(handoff)
    else if (isOpen(handoff)) fallen.push(handoff)
  }
  return { standing, fallen }
}

/** Whether a hand-off is the one of an episode. */
export const tells = ({ toldAt, episodeSince }: Handoff, episode: Episode): boolean =>
  covers(episode, toldAt) || covers(episode, episodeSince)

const covers = ({ since, until }: Episode, at: number): boolean =>
  at >= since && (until === null || at <= until)

/**
 * A person's word comes first when hand-offs are by hand, and when the lead did not qualify by what it just did: by a
 * publish, an import, or rescoring (scoring.md, Model versions).
 */
const waits = ({ isByHand, liveSince }: TellingInput, { since, cause }: Episode): boolean =>
  isByHand || cause === 'publish' || cause === 'import' || liveSince === null || since < liveSince

function handoffOf(input: TellingInput, mql: MqlState, episode: Episode, now: number): Handoff {
  return {
    id: input.idOf(`handoff:${input.lead}:${input.handoffs.length}`),
    site: input.site,
    lead: input.lead,
    episodeSince: episode.since,
    toldAt: Math.max(now, episode.since),
    status: waits(input, episode) ? 'waiting' : 'told',
    reasons: mql.reasons,
    fitScore: mql.fitScore,
    fitGrade: mql.fitGrade,
    engagementScore: mql.engagementScore,
    model: input.model,
    answeredBy: null,
  }
}
