import type { Migration } from './migration.ts'

/**
 * Accounts, each made of the persons of its generation who are with it. People of before are with none until they are
 * computed anew, which this release's engine does.
 */
export const accounts: Migration = {
  name: '0005-accounts',
  sql: `
ALTER TABLE persons ADD COLUMN account TEXT;
-- JSON: what of the person the account is made of (account-rows.ts)
ALTER TABLE persons ADD COLUMN account_member TEXT;
-- holds all that an account is made of: its persons' rows are not read
CREATE INDEX persons_by_account ON persons (site, generation, account, engagement_rank, id, account_member)
  WHERE account IS NOT NULL;

-- score_rank, fit_score: -Infinity for none, as in persons
CREATE TABLE accounts (
  site TEXT NOT NULL,
  generation INTEGER NOT NULL,
  id TEXT NOT NULL,
  score_rank REAL NOT NULL,
  fit_score REAL NOT NULL,
  last_seen_at REAL NOT NULL,
  people INTEGER NOT NULL,
  search_text TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (site, generation, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_score ON accounts (site, generation, score_rank, id);
CREATE INDEX accounts_by_fit ON accounts (site, generation, fit_score, id, score_rank);
CREATE INDEX accounts_by_last_seen ON accounts (site, generation, last_seen_at, id, score_rank);
CREATE INDEX accounts_by_people ON accounts (site, generation, people, id, score_rank);
`,
}
