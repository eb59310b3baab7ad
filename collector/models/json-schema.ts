import { CONDITIONS } from './grammar/conditions.ts'
import { GoldpanFile } from './schema.ts'

/**
 * The grammar as a JSON Schema (2020-12), for editors. It is the schema that `goldpan model check` holds a file against;
 * what no schema can say (names that exist, caps, calendars) only the check knows.
 */
export const modelJsonSchema = (): Readonly<Record<string, unknown>> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'goldpan.yaml',
  $defs: CONDITIONS,
  ...GoldpanFile,
})
