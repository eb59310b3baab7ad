import type { Migration } from './migration.ts'

/**
 * An event moves its person in the order of engagement and of the last visit, which is most of what an event costs. So the
 * other orders hold nothing that an event changes, nor whom nobody knows; and the one of engagement, written anyway, holds
 * what these are sorted by, for who is asked for by score (person-list.ts).
 */
export const listsWrittenLess: Migration = {
  name: '0010-lists-written-less',
  sql: `
DROP INDEX persons_by_engagement;
CREATE INDEX persons_by_engagement ON persons
  (site, generation, stage, engagement_rank, id, fit_grade, fit_score, mql_since);
DROP INDEX persons_by_fit;
CREATE INDEX persons_by_fit ON persons (site, generation, stage, fit_score, id, fit_grade)
  WHERE stage NOT IN ('anonymous', 'test:anonymous');
DROP INDEX persons_by_mql_since;
CREATE INDEX persons_by_mql_since ON persons (site, generation, stage, mql_since, id, fit_grade)
  WHERE stage NOT IN ('anonymous', 'test:anonymous');

DROP INDEX accounts_by_score;
CREATE INDEX accounts_by_score ON accounts (site, generation, score_rank, id, fit_score, people);
DROP INDEX accounts_by_fit;
CREATE INDEX accounts_by_fit ON accounts (site, generation, fit_score, id);
DROP INDEX accounts_by_people;
CREATE INDEX accounts_by_people ON accounts (site, generation, people, id);
`,
}
