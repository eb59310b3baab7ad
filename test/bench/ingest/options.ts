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

type NumberName = keyof typeof NUMBERS

const TEXTS = { keep: null, picture: 'node_modules/.cache/goldpan/bench/ingest.svg' } as const

/** @throws Error naming the option that is wrong */
export function readOptions(args: readonly string[]): Options {
  const numbers: Record<NumberName, number> = { ...NUMBERS }
  const texts: { keep: string | null; picture: string } = { ...TEXTS }
  const rest = [...args]
  let isAnew = false
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = word.replace(/^--/, '')
    if (name === 'anew') isAnew = true
    else if (isNumberName(name)) numbers[name] = numberOf(word, rest.shift())
    else if (name === 'keep' || name === 'picture') texts[name] = textOf(word, rest.shift())
    else throw new Error(`There is no option ${word}. There are: ${ALL}.`)
  }
  if (numbers.events < numbers.leads * FEWEST_EVENTS)
    throw new Error(
      `--events: expected at least ${FEWEST_EVENTS} for each of ${numbers.leads} leads, came ${numbers.events}.`,
    )
  return { ...numbers, ...texts, isAnew }
}

/** What a lead begins with (scoring/crowd.ts). */
const FEWEST_EVENTS = 4

const ALL = [...Object.keys(NUMBERS), ...Object.keys(TEXTS), 'anew'].map(name => `--${name}`).join(', ')

const isNumberName = (name: string): name is NumberName => Object.hasOwn(NUMBERS, name)

function numberOf(option: string, text: string | undefined): number {
  const value = Number(text?.replaceAll(/[_,]/g, ''))
  if (text !== undefined && Number.isInteger(value) && value > 0) return value
  throw new Error(`${option}: expected a whole number above 0, came ${text ?? 'nothing'}.`)
}

function textOf(option: string, text: string | undefined): string {
  if (text !== undefined && !text.startsWith('--')) return text
  throw new Error(`${option}: expected a path, came ${text ?? 'nothing'}.`)
}
