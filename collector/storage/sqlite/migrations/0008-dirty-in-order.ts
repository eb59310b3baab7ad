import type { Migration } from './migration.ts'

/** Marks of a generation in the order they wait: by subject, each new visitor's mark wrote a page of this index. */
export const dirtyInOrder: Migration = {
  name: '0008-dirty-in-order',
  sql: `
DROP INDEX dirty_by_generation;
CREATE INDEX dirty_by_generation ON dirty (site, generation, waiting_since);
`,
}
