import type { Evidence } from '../contracts/evidence.ts'
import type { Reader, Value } from './conditions.ts'

/** What an event does not have, it is known not to have: conditions on it are false, not unknown. */
const ABSENT: Value = []

const orAbsent = (value: string | number | null | undefined): Value => value ?? ABSENT

const KEYS: Readonly<Record<string, (evidence: Evidence) => Value>> = {
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

/** Reads an engagement rule's keys (model.md) from one event as it was understood. */
export function readEvidence(evidence: Evidence): Reader {
  return key => {
    const read = KEYS[key]
    if (read) return read(evidence)
    if (key.startsWith('utm.')) return orAbsent(evidence.touchpoint?.utm[key.slice('utm.'.length)])
    if (key.startsWith('props.')) return readProp(evidence.fact.props, key.slice('props.'.length))
    return ABSENT
  }
}

/** A dotted path into free-form props; what is not a scalar there is absent. */
function readProp(props: Readonly<Record<string, unknown>>, path: string): Value {
  let value: unknown = props
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return ABSENT
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : ABSENT
}
