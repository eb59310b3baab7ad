/** A form, a field, a link or anything around them that the page wants left alone. */
export const IGNORED = '[data-goldpan-ignore]'

type Anything = Partial<Element & ShadowRoot>

/** As Element.closest, but as the page is shown: through slots and out of shadow roots. */
export const closest = (from: EventTarget | null | undefined, selector: string): HTMLElement | undefined => {
  for (let node = from as Anything | null | undefined; node; ) {
    if (node.matches?.(selector)) return node as HTMLElement
    node = (node.assignedSlot ?? node.parentNode ?? node.host) as Anything | undefined
  }
  return undefined
}
