import type { Migration } from './migration.ts'

/**
 * By which id a quarantined event is known when it comes again. Of what is there under one id the first has it, the rest stays
 * as it is; what is settled has said nothing for some time.
 */
export const quarantineOnce: Migration = {
  name: '0009-quarantine-once',
  sql: `
ALTER TABLE quarantine ADD COLUMN event_id TEXT;
-- a lower-case UUID, as the wire has it
UPDATE quarantine SET event_id = said.id FROM (
  SELECT min(seq) AS seq, id FROM (
    SELECT seq, site, CASE WHEN json_valid(body) THEN json_extract(body, '$.id') END AS id FROM quarantine
  )
  WHERE id GLOB '????????-????-[1-8]???-[89ab]???-????????????' AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'
    AND length(replace(id, '-', '')) = 32
  GROUP BY site, id
) AS said WHERE quarantine.seq = said.seq;
CREATE UNIQUE INDEX quarantine_by_event ON quarantine (site, event_id) WHERE event_id IS NOT NULL;
`,
}
