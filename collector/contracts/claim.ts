import type { Fact } from './facts.ts'

/**
 * Who a fact says it is. How sure that is decides what it may do (collector.md, Identity): anyone can type anything
 * (`asserted`), who clicked a signed link reads the mailbox (`confirmed`), the customer's own server knows (`verified`).
 */
export interface Claim {
  /** `email:…`, `phone:…` or `user:…`; with `test:` before it when a test key sent it */
  readonly identifier: string
  readonly proof: 'asserted' | 'confirmed' | 'verified'
  /** other names of the same person, by the word of the customer's server */
  readonly also: readonly string[]
  /** `phone:…` given beside an e-mail; null: none */
  readonly phone: string | null
}

/** A fact that says who it is. */
export interface Claimed {
  readonly fact: Fact
  readonly claim: Claim
}

/** Who a fact says it is, or null. */
export type ClaimOf = (fact: Fact) => Claim | null
