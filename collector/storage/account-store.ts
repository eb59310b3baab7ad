import type { AccountState } from '../contracts/account.ts'

/**
 * Accounts of the generation that is shown. `apply` keeps them: each is the roll-up (roll-up.ts) of the persons of its
 * generation who are with it, at most MOST_ROLLED_UP, and is there as long as there is one.
 */
export interface AccountStore {
  /** Greatest first, ties by id downwards. A cursor of another list or order gives an empty page. */
  accounts(query: AccountQuery): Promise<AccountPage>
  account(site: string, id: string): Promise<AccountState | null>
  /** How many events of an account's people, known or not, occurred at `since` (epoch ms) or later. */
  accountActivity(site: string, id: string, since: number): Promise<number>
}

export interface AccountPage {
  readonly items: readonly AccountState[]
  /** opaque; pass it back to go on */
  readonly next: string | null
}

export interface AccountQuery {
  readonly site: string
  /** the account of this id alone; null: all */
  readonly id: string | null
  /** rank at least; the caller derives it from a score and now */
  readonly minRank: number | null
  /** part of domain or name, without case */
  readonly text: string | null
  readonly sort: 'score' | 'fit' | 'last_seen' | 'people'
  readonly limit: number
  readonly cursor: string | null
}
