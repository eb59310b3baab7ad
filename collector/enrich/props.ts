/** Readers of event props: ingest has checked their shape, but a type says `unknown`, and imports may be older. */

export type Props = Readonly<Record<string, unknown>>

export const isProps = (value: unknown): value is Props =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const propsAt = (props: Props, key: string): Props => {
  const value = props[key]
  return isProps(value) ? value : {}
}

/** Trimmed text, or null when it is absent, empty or no text. */
export const textAt = (props: Props, key: string): string | null => {
  const value = props[key]
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

/** A finite, non-negative number, else 0. */
export const countAt = (props: Props, key: string): number => {
  const value = props[key]
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}

export const listAt = (props: Props, key: string): readonly unknown[] => {
  const value = props[key]
  return Array.isArray(value) ? value : []
}
