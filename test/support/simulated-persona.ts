import type { ModelVersion } from '../../collector/contracts/model.ts'
import { DAY_MS } from '../../shared/time.ts'
import type { Random } from './random.ts'

/** The year begins on Monday, 6 January 2025, at midnight UTC, and has 52 weeks. */
export const YEAR_START = Date.UTC(2025, 0, 6)
export const YEAR_END = YEAR_START + 364 * DAY_MS

export interface SimulatedYear {
  readonly seed: number
  readonly visitors: number
  readonly site: string
  /** what sales was told by, and so whom it could judge */
  readonly inForce: ModelVersion
  readonly idOf: (identifier: string) => string
  /** who comes, as shares of all. @default an ordinary site, mostly sand */
  readonly shares?: Readonly<Record<PersonaKind, number>>
}

/** Somebody behind a browser. What drives them is hidden from every model: only what they do and say is recorded. */
export interface Persona {
  readonly kind: PersonaKind
  /** 0 to 1: how close they are to buying, which drives what they do and what sales finds */
  readonly intent: number
  /** 0 to 1: how well the product would suit them */
  readonly need: number
  readonly email: string
  readonly traits: Readonly<Record<string, string>>
}
export type PersonaKind = keyof typeof SHARES

/** How a B2B site's traffic divides (our guess at an ordinary one: most of it is sand). */
export const SHARES = {
  sand: 0.73,
  bot: 0.08,
  reader: 0.09,
  buyer: 0.04,
  job_seeker: 0.03,
  student: 0.02,
  competitor: 0.01,
} as const

export interface Writing extends SimulatedYear {
  readonly random: Random
  readonly visitor: string
  readonly nextId: () => string
}
