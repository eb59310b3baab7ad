import type { Migration } from './migration.ts'

/**
 * The first schema. Times are epoch milliseconds, structured values JSON text. Every key starts with the site; the few
 * indexes without it serve the qualifier, which works for all sites at once.
 */
export const ground: Migration = {
  name: '0001-ground',
  sql: `
-- seq is the commit order: SQLite has one writer at a time
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  visitor TEXT,
  session TEXT,
  type TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  page TEXT,
  props TEXT NOT NULL,
  origin TEXT NOT NULL,
  actor TEXT,
  ip TEXT,
  user_agent TEXT,
  too_late INTEGER NOT NULL,
  UNIQUE (site, id)
) STRICT;
CREATE INDEX events_by_subject ON events (site, subject, occurred_at, id);
CREATE INDEX events_by_time ON events (site, occurred_at, id);
CREATE INDEX events_by_type ON events (site, type, occurred_at, id);
-- an index entry ends with the row's seq: this one is (site, seq)
CREATE INDEX events_by_seq ON events (site);

CREATE TABLE quarantine (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  code TEXT NOT NULL,
  path TEXT NOT NULL,
  message TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_by_site ON quarantine (site);

-- waiting_since is the mark the subject got first: renewals keep its place in the queue
CREATE TABLE dirty (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  earliest INTEGER NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('live', 'rescore')),
  mark INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  PRIMARY KEY (site, subject)
) STRICT, WITHOUT ROWID;
-- 'live' sorts before 'rescore'
CREATE INDEX dirty_queue ON dirty (priority, waiting_since);

CREATE TABLE spans (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  starts_id TEXT NOT NULL,
  person TEXT NOT NULL,
  identifier TEXT,
  PRIMARY KEY (site, subject, starts_at, starts_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX spans_by_person ON spans (site, person);
CREATE INDEX spans_by_identifier ON spans (site, identifier) WHERE identifier IS NOT NULL;

-- what lists sort by is REAL, with -Infinity for "none": it sorts last and compares like any number
CREATE TABLE persons (
  seq INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
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
  UNIQUE (site, id)
) STRICT;
-- grade and rank ride along so that rows a filter excludes are skipped without being read
CREATE INDEX persons_by_engagement ON persons (site, stage, engagement_rank, id, fit_grade);
CREATE INDEX persons_by_fit ON persons (site, stage, fit_score, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_last_seen ON persons (site, stage, last_seen_at, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_mql_since ON persons (site, stage, mql_since, id, fit_grade, engagement_rank);
CREATE INDEX persons_by_identifier ON persons (site, identifier) WHERE identifier IS NOT NULL;
CREATE INDEX persons_due ON persons (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE transitions (
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  model INTEGER NOT NULL,
  cause TEXT NOT NULL,
  PRIMARY KEY (site, person, ordinal),
  FOREIGN KEY (site, person) REFERENCES persons (site, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX transitions_by_time ON transitions (site, at);

-- outlives the lead: what sales was told is never unsaid
CREATE TABLE handoffs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  lead TEXT NOT NULL,
  episode_since INTEGER NOT NULL,
  told_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  reasons TEXT NOT NULL,
  fit_score REAL NOT NULL,
  fit_grade TEXT NOT NULL,
  engagement_score REAL NOT NULL,
  model INTEGER NOT NULL,
  UNIQUE (site, id)
) STRICT;
CREATE INDEX handoffs_by_lead ON handoffs (site, lead, told_at);

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_seq ON changes (site);

CREATE TABLE model_versions (
  site TEXT NOT NULL,
  version INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  model TEXT NOT NULL,
  PRIMARY KEY (site, version)
) STRICT;

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL UNIQUE,
  secret_key_hash TEXT UNIQUE,
  origins TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- one row
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  installation_secret TEXT,
  last_mark INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES (1, NULL, 0);
`,
}
