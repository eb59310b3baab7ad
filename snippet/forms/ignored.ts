/** A form, a field, a link or anything around them that the page wants left alone. */
export const IGNORED = '[data-goldpan-ignore]'

/** As Element.closest, but also out of shadow roots. A field named "parentNode" stands in for the form's. */
export const closest = (from: Element, selector: string): Element | undefined => {
  for (let node: Element | undefined = from; node; node = (node.getRootNode() as ShadowRoot).host) {
    const found = node.closest(selector)
    if (found) return found
  }
  return undefined
}
