import type { Page } from '../../../collector/storage/store.ts'

const MOST_PAGES = 100

/** Reads page after page to the end; a list that does not end is an error. */
export async function allOf<Item>(
  read: (cursor: string | null) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: Page<Item> = await read(cursor)
    items.push(...page.items)
    cursor = page.next
    if (cursor === null) return items
  }
  throw new Error(`The list did not end after ${MOST_PAGES} pages.`)
}
