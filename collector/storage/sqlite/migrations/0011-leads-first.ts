import type { Migration } from './migration.ts'

/** Timelines of leads wait before those of anonymous visitors (store.ts, DirtyMark). What waits keeps its place. */
export const leadsFirst: Migration = {
  name: '0011-leads-first',
  sql: `
CREATE TABLE dirty_new (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  generation INTEGER NOT NULL,
  earliest INTEGER NOT NULL,
  -- the same of what came live; NULL: nothing did
  live_earliest INTEGER,
  priority TEXT NOT NULL CHECK (priority IN ('lead', 'live', 'rescore')),
  mark INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site, subject, generation)
) STRICT, WITHOUT ROWID;
INSERT INTO dirty_new SELECT site, subject, generation, earliest, live_earliest, priority, mark, waiting_since, failures
  FROM dirty;
DROP TABLE dirty;
ALTER TABLE dirty_new RENAME TO dirty;
CREATE INDEX dirty_queue ON dirty (priority, waiting_since);
CREATE INDEX dirty_by_generation ON dirty (site, generation, waiting_since);
`,
}
