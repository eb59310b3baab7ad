import type { Migration } from './migration.ts'

/** Tombstones of people who were erased, the ids of their events, and sites whose forms ask what is unknown. */
export const erasure: Migration = {
  name: '0006-erasure',
  sql: `
-- a renewed tombstone gets another seq: who knows all up to one has missed nothing
CREATE TABLE tombstones (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  hash TEXT NOT NULL,
  erased_at INTEGER NOT NULL,
  UNIQUE (site, hash)
) STRICT;

CREATE TABLE erased_events (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  -- 1: it was never kept, for it came after the erasure
  refused INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_events_refused ON erased_events (site) WHERE refused = 1;

CREATE INDEX changes_by_person ON changes (site, json_extract(body, '$.person'));

ALTER TABLE sites ADD COLUMN progressive INTEGER NOT NULL DEFAULT 0;
`,
}
