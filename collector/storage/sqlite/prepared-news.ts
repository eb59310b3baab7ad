import type { Handoff } from '../../contracts/state.ts'
import type { Decision } from '../store.ts'
import type { Connection } from './connection.ts'
import { handoffWriter } from './handoffs.ts'
import { jsonIn } from './json-column.ts'

/** What a prepared generation makes known, kept until its switch. For use inside a transaction. */
export interface PreparedNews {
  /** In place of what an earlier decision on these timelines had to say. */
  keep(decision: Decision): void
  /** Tells what was kept. */
  release(site: string): void
}

interface NewsRow {
  readonly kind: 'told' | 'withdrawn' | 'change'
  readonly body: string
}

export function preparedNews(db: Connection): PreparedNews {
  const forget = db.prepare('DELETE FROM prepared_news WHERE site = ? AND subject = ?')
  const add = db.prepare('INSERT INTO prepared_news (site, subject, kind, body) VALUES (?, ?, ?, ?)')
  const all = db.prepare<[string], NewsRow>(
    'SELECT kind, body FROM prepared_news WHERE site = ? ORDER BY seq',
  )
  const forgetAll = db.prepare('DELETE FROM prepared_news WHERE site = ?')
  const addChange = db.prepare('INSERT INTO changes (site, body) VALUES (?, ?)')
  const writeHandoffs = handoffWriter(db)
  return {
    keep: ({ site, subjects, told, withdrawn, changes }) => {
      for (const subject of subjects) forget.run(site, subject)
      const [first = ''] = subjects
      for (const handoff of told) add.run(site, first, 'told', JSON.stringify(handoff))
      for (const id of withdrawn) add.run(site, first, 'withdrawn', id)
      for (const change of changes) add.run(site, first, 'change', JSON.stringify(change))
    },
    release: site => {
      const rows = all.all(site)
      const bodies = (kind: NewsRow['kind']) => rows.filter(row => row.kind === kind).map(({ body }) => body)
      writeHandoffs({
        site,
        told: bodies('told').map(body => jsonIn('prepared_news.body', body) as Handoff),
        withdrawn: bodies('withdrawn'),
      })
      for (const body of bodies('change')) addChange.run(site, body)
      forgetAll.run(site)
    },
  }
}
