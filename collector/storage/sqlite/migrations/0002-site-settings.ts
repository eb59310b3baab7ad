import type { Migration } from './migration.ts'

/** What a site's owner says about its tag. Sites of before are as they were: everybody recorded, no parameter kept. */
export const siteSettings: Migration = {
  name: '0002-site-settings',
  sql: `
ALTER TABLE sites ADD COLUMN consent TEXT NOT NULL DEFAULT 'granted';
ALTER TABLE sites ADD COLUMN params TEXT NOT NULL DEFAULT '[]';
`,
}
