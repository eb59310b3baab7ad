import type { ModelVersion } from '../../contracts/model.ts'
import type { ModelStore } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { type ModelRow, modelVersionOf } from './rows.ts'

const PUBLISH = `
  INSERT INTO model_versions (site, version, published_at, hash, source, model)
  VALUES (@site, @version, @publishedAt, @hash, @source, @model)
  ON CONFLICT (site, version) DO NOTHING`

/** Published models. Nothing edits or removes one: past instants are judged by them. */
export function modelStore(db: Connection): ModelStore {
  const versions = db.prepare<[string], ModelRow>(
    'SELECT * FROM model_versions WHERE site = ? ORDER BY version',
  )
  const publish = db.prepare(PUBLISH)
  return {
    modelVersions: method(site => versions.all(site).map(modelVersionOf)),
    publishModel: method((site: string, version: ModelVersion) => {
      const row = { ...version, site, model: JSON.stringify(version.model) }
      return publish.run(row).changes === 1 ? 'published' : 'conflict'
    }),
  }
}
