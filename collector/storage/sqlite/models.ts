import type { ModelVersion } from '../../contracts/model.ts'
import type { Asked, ModelDraft, ModelStore } from '../model-store.ts'
import { type Connection, method } from './connection.ts'
import { generationStarter } from './generations.ts'
import { type DraftRow, draftOf, type ModelRow, modelVersionOf } from './rows.ts'
import { SHOWN, shownOf } from './shown.ts'

const PUBLISH = `
  INSERT INTO model_versions (site, version, published_at, hash, source, model, generation)
  VALUES (@site, @version, @publishedAt, @hash, @source, @model, @generation)`

const EVERY_NUMBER = `
  SELECT site, version, published_at AS publishedAt FROM model_versions
  WHERE generation <= ${shownOf('model_versions.site')} ORDER BY site, version`

const SAVE_DRAFT = `
  INSERT INTO model_drafts (site, hash, source, model, saved_at, actor)
  VALUES (@site, @hash, @source, @model, @savedAt, @actor)
  ON CONFLICT (site) DO UPDATE SET hash = excluded.hash, source = excluded.source, model = excluded.model,
    saved_at = excluded.saved_at, actor = excluded.actor`

interface NumberRow {
  readonly version: number
  readonly publishedAt: number
}

/** Published models, which nothing edits or removes: past instants are judged by them; and drafts. */
export function modelStore(
  db: Connection,
): Pick<ModelStore, 'modelVersions' | 'everyModelVersion' | 'publishModel' | 'draft' | 'saveDraft'> {
  const numbers = db.prepare<[object], NumberRow>(
    `SELECT version, published_at AS publishedAt FROM model_versions
    WHERE site = @site AND generation <= coalesce(@generation, ${SHOWN}) ORDER BY version`,
  )
  const everyNumber = db.prepare<[], NumberRow & { readonly site: string }>(EVERY_NUMBER)
  const one = db.prepare<[string, number], ModelRow>(
    'SELECT * FROM model_versions WHERE site = ? AND version = ?',
  )
  const insert = db.prepare(PUBLISH)
  const begin = generationStarter(db)
  const readDraft = db.prepare<[string], DraftRow>('SELECT * FROM model_drafts WHERE site = ?')
  const saveDraft = db.prepare(SAVE_DRAFT)
  const dropDraft = db.prepare('DELETE FROM model_drafts WHERE site = ?')
  const parsed = new Map<string, ModelVersion>()

  /** The time of one that is being prepared may move. */
  function read(site: string, version: number, publishedAt: number): readonly ModelVersion[] {
    const key = JSON.stringify([site, version, publishedAt])
    const row = parsed.has(key) ? null : one.get(site, version)
    if (row) parsed.set(key, modelVersionOf(row))
    return [parsed.get(key) ?? []].flat()
  }

  const publish = db.transaction((site: string, version: ModelVersion, by?: Asked) => {
    if (one.get(site, version.version)) return 'conflict'
    const { publishedAt } = version
    const begun = begin({
      site,
      version: version.version,
      actor: by?.actor ?? '',
      engine: by?.engine ?? '',
      startedAt: by?.at ?? publishedAt,
      inForceAt: publishedAt,
    })
    if (begun === null) return 'busy'
    const { generation } = begun
    insert.run({ ...version, site, model: JSON.stringify(version.model), generation })
    return begun.isPrepared ? 'preparing' : 'published'
  })

  const keep = db.transaction((site: string, draft: ModelDraft | null, over?: string | null) => {
    if (over !== undefined && over !== (readDraft.get(site)?.hash ?? null)) return 'conflict'
    if (draft === null) dropDraft.run(site)
    else saveDraft.run({ ...draft, site, model: JSON.stringify(draft.model) })
    return 'saved'
  })

  return {
    modelVersions: method((site, generation) =>
      numbers
        .all({ site, generation: generation ?? null })
        .flatMap(({ version, publishedAt }) => read(site, version, publishedAt)),
    ),
    everyModelVersion: method(() => {
      const bySite = new Map<string, readonly ModelVersion[]>()
      for (const { site, version, publishedAt } of everyNumber.all())
        bySite.set(site, [...(bySite.get(site) ?? []), ...read(site, version, publishedAt)])
      return bySite
    }),
    publishModel: method((site, version, by) => publish.immediate(site, version, by)),
    draft: method(site => {
      const row = readDraft.get(site)
      return row === undefined ? null : draftOf(row)
    }),
    saveDraft: method((site, draft, over) => keep.immediate(site, draft, over)),
  }
}
