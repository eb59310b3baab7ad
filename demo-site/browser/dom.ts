type Attributes = Readonly<Record<string, string>>

/** A new element with attributes and children. Text becomes text nodes, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** Likewise for SVG. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/**
 * The element the page keeps for a part of the panel (pages/parts/live-panel.tsx).
 * @throws when the frame and this script disagree
 */
export function place(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-place="${name}"]`)
  if (!found) throw new Error(`the panel's frame has no place named "${name}"`)
  return found
}

/**
 * Makes this the content of an element, unless it is already: what is focused, pressed or selected there has to survive
 * an update that brings nothing new.
 */
export function showIn(where: Element, ...content: readonly (Node | string)[]): void {
  const wanted = document.createElement('div')
  wanted.append(...content)
  const [now, next] = [[...where.childNodes], [...wanted.childNodes]]
  if (now.length === next.length && next.every((node, index) => node.isEqualNode(now[index] ?? null))) return
  where.replaceChildren(...next)
}

/** Values from visitors within a line of ours: their direction of writing ends with them. */
export const isolated = (values: readonly (string | null)[]): readonly (Node | string)[] =>
  values
    .filter(value => value !== null)
    .flatMap((value, index) => [...(index > 0 ? [', '] : []), element('bdi', {}, value)])

/** A line of a list that stays the same element while what it shows changes, so that changes can move. */
export interface Row<T> {
  readonly element: HTMLElement
  readonly show: (item: T) => void
}

/** Keeps a list's lines in step with items, by key. */
export function keyedList<T>(
  list: HTMLElement,
  keyOf: (item: T) => string,
  makeRow: () => Row<T>,
): (items: readonly T[]) => void {
  const rows = new Map<string, Row<T>>()
  return items => {
    const keys = new Set(items.map(keyOf))
    for (const [key, row] of rows) {
      if (keys.has(key)) continue
      row.element.remove()
      rows.delete(key)
    }
    items.forEach((item, index) => {
      const key = keyOf(item)
      const row = rows.get(key) ?? makeRow()
      rows.set(key, row)
      row.show(item)
      const there = list.children[index] ?? null
      if (there !== row.element) list.insertBefore(row.element, there)
    })
  }
}
