import type { Migration } from './migration.ts'

/** How a quarantined event came, so that it can be released, and what became of it. */
export const quarantine: Migration = {
  name: '0007-quarantine',
  sql: `
ALTER TABLE quarantine ADD COLUMN came TEXT;
-- null: it waits for a person
ALTER TABLE quarantine ADD COLUMN settled TEXT;
CREATE INDEX quarantine_waiting ON quarantine (site) WHERE settled IS NULL;
`,
}
