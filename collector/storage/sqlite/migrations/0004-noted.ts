import type { Migration } from './migration.ts'

/** What ingest notes of an event beside what was sent (facts.ts, Noted), and a test key for each site. */
export const noted: Migration = {
  name: '0004-noted',
  sql: `
ALTER TABLE events ADD COLUMN noted TEXT;
ALTER TABLE sites ADD COLUMN test_key TEXT;
CREATE UNIQUE INDEX sites_by_test_key ON sites (test_key) WHERE test_key IS NOT NULL;
`,
}
