import { isDeepStrictEqual } from 'node:util'
import type { AccountState } from '../../contracts/account.ts'
import { MOST_ROLLED_UP, rollUp } from '../roll-up.ts'
import { accountValues, memberIn } from './account-rows.ts'
import type { Connection } from './connection.ts'

/** An account of one generation of a site. */
export interface AccountKey {
  readonly site: string
  readonly generation: number
  readonly id: string
}

const MEMBERS = `
  SELECT account_member FROM persons INDEXED BY persons_by_account
  WHERE site = @site AND generation = @generation AND account = @id
  ORDER BY engagement_rank DESC, id DESC LIMIT ${MOST_ROLLED_UP}`

const SAVE = `
  INSERT INTO accounts (site, generation, id, score_rank, fit_score, last_seen_at, people, search_text, state)
  VALUES (@site, @generation, @id, @score_rank, @fit_score, @last_seen_at, @people, @search_text, @state)
  ON CONFLICT (site, generation, id) DO UPDATE SET
    score_rank = excluded.score_rank,
    fit_score = excluded.fit_score,
    last_seen_at = excluded.last_seen_at,
    people = excluded.people,
    search_text = excluded.search_text,
    state = excluded.state`

/** Of those that have an index each, what most events leave as it is: the last visit and the score are what moves. */
const SAVE_MOVED = `
  UPDATE accounts SET score_rank = @score_rank, last_seen_at = @last_seen_at, state = @state
  WHERE site = @site AND generation = @generation AND id = @id
  AND fit_score = @fit_score AND people = @people AND search_text = @search_text`

const REMOVE = 'DELETE FROM accounts WHERE site = @site AND generation = @generation AND id = @id'

/** What the persons make of an account now; null when none is with it. */
function accountMaker(db: Connection): (key: AccountKey) => AccountState | null {
  const members = db.prepare<[object], string>(MEMBERS).pluck()
  return key => rollUp(key.id, members.all(key).map(memberIn))
}

/** Makes accounts anew from their persons. For use inside the transaction that writes, moves or removes these. */
export function accountWriter(db: Connection): (key: AccountKey) => void {
  const make = accountMaker(db)
  const save = db.prepare(SAVE)
  const saveMoved = db.prepare(SAVE_MOVED)
  const remove = db.prepare(REMOVE)
  return ({ site, generation, id }) => {
    const state = make({ site, generation, id })
    if (state === null) {
      remove.run({ site, generation, id })
      return
    }
    const values = { ...accountValues(state), site, generation }
    if (saveMoved.run(values).changes === 0) save.run(values)
  }
}

/** The accounts that a transaction touches: each is made anew once, however many of its persons are written. */
export interface TouchedAccounts {
  /** @param ids null, undefined: a person who is with no account, or not there yet */
  readonly touch: (place: Omit<AccountKey, 'id'>, ids: readonly (string | null | undefined)[]) => void
  readonly all: () => Iterable<AccountKey>
}

export function touchedAccounts(): TouchedAccounts {
  const touched = new Map<string, AccountKey>()
  return {
    touch: ({ site, generation }, ids) => {
      for (const id of ids) if (id) touched.set(`${site}\0${generation}\0${id}`, { site, generation, id })
    },
    all: () => touched.values(),
  }
}

const STORED = `
  SELECT id, score_rank, fit_score, last_seen_at, people, search_text, state
  FROM accounts WHERE site = @site AND generation = @generation AND id = @id`

/** Whether an account is stored as its persons' rows make it: for the replay audit, which compares these for themselves. */
export function accountAudit(db: Connection): (key: AccountKey) => boolean {
  const make = accountMaker(db)
  const stored = db.prepare<[object], ReturnType<typeof accountValues>>(STORED)
  return key => {
    const wanted = make(key)
    return isDeepStrictEqual({ ...stored.get(key) }, { ...(wanted && accountValues(wanted)) })
  }
}
