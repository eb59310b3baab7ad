import type { ModelVersion } from '../../contracts/model.ts'
import type { ModelStore } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { dirtyMarks } from './dirty.ts'
import { type ModelRow, modelVersionOf } from './rows.ts'

const PUBLISH = `
  INSERT INTO model_versions (site, version, published_at, hash, source, model)
  VALUES (@site, @version, @publishedAt, @hash, @source, @model)
  ON CONFLICT (site, version) DO NOTHING`

/** Published models. Nothing edits or removes one: past instants are judged by them. */
export function modelStore(db: Connection): ModelStore {
  const numbers = db
    .prepare<[string], number>('SELECT version FROM model_versions WHERE site = ? ORDER BY version')
    .pluck()
  const one = db.prepare<[string, number], ModelRow>(
    'SELECT * FROM model_versions WHERE site = ? AND version = ?',
  )
  const insert = db.prepare(PUBLISH)
  const { renewAll } = dirtyMarks(db)
  const parsed = new Map<string, ModelVersion>()

  function read(site: string, version: number): readonly ModelVersion[] {
    const key = JSON.stringify([site, version])
    const row = parsed.has(key) ? null : one.get(site, version)
    if (row) parsed.set(key, modelVersionOf(row))
    return [parsed.get(key) ?? []].flat()
  }

  const publish = db.transaction((site: string, version: ModelVersion) => {
    const isNew = insert.run({ ...version, site, model: JSON.stringify(version.model) }).changes === 1
    if (isNew) renewAll(site)
    return isNew
  })

  return {
    modelVersions: method(site => numbers.all(site).flatMap(version => read(site, version))),
    publishModel: method((site: string, version: ModelVersion) =>
      publish.immediate(site, version) ? 'published' : 'conflict',
    ),
  }
}
