import { record } from '../record.ts'

/** Records the event an element declares: `data-goldpan="webinar_signup" data-goldpan-seat-type="vip"`. */
export const recordDeclared = (element?: HTMLElement): void => {
  const { goldpan, ...rest } = element?.dataset ?? {}
  const props: Record<string, string | undefined> = {}
  for (const name in rest) {
    const [, first, others] = /^goldpan(.)(.*)/.exec(name) ?? []
    if (first) props[first.toLowerCase() + others] = rest[name]
  }
  if (goldpan) record(goldpan, props)
}
