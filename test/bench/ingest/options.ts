import { optionsFrom } from '../../support/options.ts'

/** What the command line asks for; `docs/benchmarks.md` explains each. The defaults are the sizes of the goals. */
export interface Options {
  /** people in the large database */
  readonly leads: number
  /** events in the large database */
  readonly events: number
  /** how long each load lasts */
  readonly seconds: number
  readonly rounds: number
  /** open sockets at once, for the memory */
  readonly sockets: number
  /** how long the memory is watched at half load */
  readonly minutes: number
  /** events that wait for the qualifier at the start */
  readonly backlog: number
  /** leads whose way to an MQL is timed */
  readonly flagged: number
  /** where the large database is, or will be, kept; null: it goes at the end */
  readonly keep: string | null
  readonly picture: string
  /** measures again what is in the ledger */
  readonly isAnew: boolean
}

/** What the goals of collector.md speak of. */
export const GOAL_SIZES = {
  leads: 1_000_000,
  events: 10_000_000,
  sockets: 10_000,
  minutes: 60,
  backlog: 100_000,
} as const

const NUMBERS = { ...GOAL_SIZES, seconds: 10, rounds: 5, flagged: 200 } as const
const OTHERS = { keep: '', picture: 'node_modules/.cache/goldpan/bench/ingest.svg', anew: false } as const

/** What a lead begins with (scoring/crowd.ts). */
const FEWEST_EVENTS = 4

/**
 * @param argv @default the program's own
 * @throws Error naming the number that is wrong; what is no option ends the program (optionsFrom)
 */
export function readOptions(argv?: readonly string[]): Options {
  const { keep, picture, anew, ...numbers } = optionsFrom({ ...NUMBERS, ...OTHERS }, argv)
  for (const [name, value] of Object.entries(numbers))
    if (!Number.isInteger(value) || value === 0)
      throw new Error(`--${name}: expected a whole number above 0, came ${value}.`)
  if (numbers.events < numbers.leads * FEWEST_EVENTS)
    throw new Error(
      `--events: expected at least ${FEWEST_EVENTS} for each of ${numbers.leads} leads, came ${numbers.events}.`,
    )
  return { ...numbers, keep: keep === '' ? null : keep, picture, isAnew: anew }
}
