import type { Migration } from './migration.ts'

/**
 * A list of one grade is read in its order, as one of a stage is: what an event writes stays as much (0010), for the grade stands before
 * what moves. A list of all grades is merged (person-list.ts).
 */
export const gradesInOrder: Migration = {
  name: '0012-grades-in-order',
  sql: `
DROP INDEX persons_by_engagement;
CREATE INDEX persons_by_engagement ON persons
  (site, generation, stage, fit_grade, engagement_rank, id, fit_score, mql_since);
DROP INDEX persons_by_fit;
CREATE INDEX persons_by_fit ON persons (site, generation, stage, fit_grade, fit_score, id)
  WHERE stage NOT IN ('anonymous', 'test:anonymous');
DROP INDEX persons_by_last_seen;
CREATE INDEX persons_by_last_seen ON persons
  (site, generation, stage, fit_grade, last_seen_at, id, engagement_rank);
DROP INDEX persons_by_mql_since;
CREATE INDEX persons_by_mql_since ON persons (site, generation, stage, fit_grade, mql_since, id)
  WHERE stage NOT IN ('anonymous', 'test:anonymous');
`,
}
