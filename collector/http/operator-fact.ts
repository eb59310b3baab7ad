import { randomBytes } from 'node:crypto'
import { uuidV7Maker } from '../../shared/ids.ts'
import type { Fact } from '../contracts/facts.ts'

/** What a person says through the API, as a fact on a timeline. */
export interface OperatorWord extends Pick<Fact, 'site' | 'subject' | 'type' | 'props'> {
  /** epoch ms */
  readonly at: number
  readonly actor: string
  /** @default null */
  readonly visitor?: string | null
  /** @default a new one */
  readonly id?: string
}

/** UUIDv7 of an instant, epoch ms. */
export const newFactId = uuidV7Maker(randomBytes)

export const operatorFact = (
  { site, subject, type, props, at, actor, ...given }: OperatorWord,
  now: number,
): Fact => ({
  id: given.id ?? newFactId(now),
  site,
  subject,
  visitor: given.visitor ?? null,
  session: null,
  type,
  occurredAt: at,
  receivedAt: now,
  page: null,
  props,
  origin: 'operator',
  actor,
  ip: null,
  userAgent: null,
  tooLate: false,
  noted: null,
})
