import type { Evidence } from '../contracts/evidence.ts'
import { compilerOver, type KeyReader, type Value } from './conditions.ts'

/** What an event does not have, it is known not to have: conditions on it are false, not unknown. */
const ABSENT: Value = []

const orAbsent = (value: string | number | null | undefined): Value => value ?? ABSENT

const KEYS: Readonly<Record<string, KeyReader<Evidence>>> = {
  'page.category': ({ page }) => orAbsent(page?.category),
  'page.path': ({ page }) => orAbsent(page?.path),
  'page.title': ({ page }) => orAbsent(page?.title),
  'page.host': ({ page }) => orAbsent(page?.host),
  'asset.depth': ({ asset }) => orAbsent(asset?.depth),
  'asset.file': ({ asset }) => orAbsent(asset?.file),
  'form.kind': ({ form }) => orAbsent(form?.kind),
  'form.id': ({ form }) => orAbsent(form?.id),
  engaged: ({ view }) => orAbsent(view?.engagedMs),
  scroll: ({ view }) => orAbsent(view?.scrollPct),
  channel: ({ touchpoint }) => orAbsent(touchpoint?.channel),
}

/** Judges an engagement rule's condition (model.md) by one event as it was understood. */
export const judgeEvidence = compilerOver((key): KeyReader<Evidence> => {
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
  if (read) return read
  if (key.startsWith('utm.')) return readUtm(key.slice('utm.'.length))
  if (key.startsWith('props.')) return readProp(key.slice('props.'.length).split('.'))
  return () => ABSENT
})

const readUtm =
  (name: string): KeyReader<Evidence> =>
  ({ touchpoint }) =>
    orAbsent(touchpoint?.utm[name])

/** A path into free-form props; what is not a scalar there is absent. */
const readProp =
  (path: readonly string[]): KeyReader<Evidence> =>
  ({ fact }) => {
    let value: unknown = fact.props
    for (const name of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return ABSENT
      value = (value as Readonly<Record<string, unknown>>)[name]
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : ABSENT
  }
