import type { Migration } from './migration.ts'

/**
 * What is computed is kept in generations, so that the next one can be prepared beside the one that is shown. What there
 * was becomes generation 0. Tables whose key grows are written anew. Also: drafts, and who answered a hand-off.
 */
export const generations: Migration = {
  name: '0003-generations',
  sql: `
-- the latest one with switched_at is shown; at most one without it is being prepared
CREATE TABLE generations (
  site TEXT NOT NULL,
  generation INTEGER NOT NULL,
  -- the model version that comes in force with it; NULL: a rebuild
  version INTEGER,
  actor TEXT NOT NULL,
  -- which release of the engine computes it
  engine TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  -- when the computing began that is under way: later than started_at when the time had to be moved
  pass_at INTEGER NOT NULL,
  in_force_at INTEGER NOT NULL,
  switched_at INTEGER,
  -- timelines are marked in their order: how many there were at the start, how many are marked, and the last of these
  total INTEGER NOT NULL,
  marked INTEGER NOT NULL,
  marked_subject TEXT NOT NULL,
  all_marked INTEGER NOT NULL,
  PRIMARY KEY (site, generation)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX generations_prepared ON generations (site) WHERE switched_at IS NULL;

-- what a prepared person makes known, said at the switch
CREATE TABLE prepared_news (
  seq INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  -- one of the timelines decided on
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('told', 'withdrawn', 'change')),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX prepared_news_by_subject ON prepared_news (site, subject);

ALTER TABLE model_versions ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

CREATE TABLE model_drafts (
  site TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  model TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  actor TEXT NOT NULL
) STRICT;

ALTER TABLE handoffs ADD COLUMN answered_by TEXT;
CREATE INDEX handoffs_waiting ON handoffs (site, seq) WHERE status = 'waiting';

CREATE TABLE dirty_new (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  generation INTEGER NOT NULL,
  earliest INTEGER NOT NULL,
  -- the same of what came live; NULL: nothing did
  live_earliest INTEGER,
  priority TEXT NOT NULL CHECK (priority IN ('live', 'rescore')),
  mark INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site, subject, generation)
) STRICT, WITHOUT ROWID;
INSERT INTO dirty_new (site, subject, generation, earliest, live_earliest, priority, mark, waiting_since)
SELECT site, subject, 0, earliest, iif(priority = 'live', earliest, NULL), priority, mark, waiting_since FROM dirty;
DROP TABLE dirty;
ALTER TABLE dirty_new RENAME TO dirty;
CREATE INDEX dirty_queue ON dirty (priority, waiting_since);
CREATE INDEX dirty_by_generation ON dirty (site, generation);

CREATE TABLE spans_new (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  generation INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  starts_id TEXT NOT NULL,
  person TEXT NOT NULL,
  identifier TEXT,
  PRIMARY KEY (site, subject, generation, starts_at, starts_id)
) STRICT, WITHOUT ROWID;
INSERT INTO spans_new SELECT site, subject, 0, starts_at, starts_id, person, identifier FROM spans;
DROP TABLE spans;
ALTER TABLE spans_new RENAME TO spans;
CREATE INDEX spans_by_person ON spans (site, person, generation);
CREATE INDEX spans_by_identifier ON spans (site, identifier) WHERE identifier IS NOT NULL;
CREATE INDEX spans_by_generation ON spans (site, generation);

CREATE TABLE persons_new (
  seq INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  generation INTEGER NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  stage TEXT NOT NULL,
  identifier TEXT,
  fit_score REAL NOT NULL,
  fit_grade TEXT NOT NULL,
  engagement_rank REAL NOT NULL,
  last_seen_at REAL NOT NULL,
  mql_since REAL NOT NULL,
  next_due_at INTEGER,
  search_text TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (site, generation, id)
) STRICT;
INSERT INTO persons_new SELECT seq, site, 0, id, version, stage, identifier, fit_score, fit_grade, engagement_rank,
  last_seen_at, mql_since, next_due_at, search_text, state FROM persons;

CREATE TABLE transitions_new (
  site TEXT NOT NULL,
  generation INTEGER NOT NULL,
  person TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  model INTEGER NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (site, generation, person, ordinal),
  FOREIGN KEY (site, generation, person) REFERENCES persons_new (site, generation, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO transitions_new SELECT site, 0, person, ordinal, from_stage, to_stage, at, actor, reason, model, cause
  FROM transitions;

DROP TABLE transitions;
DROP TABLE persons;
ALTER TABLE persons_new RENAME TO persons;
ALTER TABLE transitions_new RENAME TO transitions;
CREATE INDEX transitions_by_time ON transitions (site, generation, at);
CREATE INDEX persons_by_engagement ON persons (site, generation, stage, engagement_rank, id, fit_grade);
CREATE INDEX persons_by_fit ON persons (site, generation, stage, fit_score, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_last_seen ON persons (site, generation, stage, last_seen_at, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_mql_since ON persons (site, generation, stage, mql_since, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_identifier ON persons (site, generation, identifier) WHERE identifier IS NOT NULL;
CREATE INDEX persons_due ON persons (next_due_at) WHERE next_due_at IS NOT NULL;
`,
}
