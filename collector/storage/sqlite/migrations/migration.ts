/** One step of the schema. Its place in the list is the schema version it leads to. */
export interface Migration {
  readonly name: string
  readonly sql: string
}
