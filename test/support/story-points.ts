import { DAY_MS } from '../../shared/time.ts'
import type { Story } from './story.ts'
import { BEGINNING } from './story-world.ts'

const HALF_LIFE_MS = 14 * DAY_MS

/** What is left now of points that were earned so long after the story began, under the default half-life. */
export function left(
  { world }: Story,
  ...earned: readonly (readonly [points: number, day: number, seconds: number])[]
): number {
  const worth = ([points, day, seconds]: (typeof earned)[number]) =>
    points * 2 ** ((BEGINNING + day * DAY_MS + seconds * 1_000 - world.now) / HALF_LIFE_MS)
  return earned.reduce((sum, one) => sum + worth(one), 0)
}

/** A page looked at for longer than five seconds: reports then and at its end. Of pricing the first one earns. */
export const page = (path: string): readonly string[] => [
  `page_view /${path}`,
  ...Array(2).fill(`engagement /${path}`),
]
export const PRICING = ['page_view /pricing', 'engagement /pricing pricing 10', 'engagement /pricing']
export const FEATURES = ['page_view /features', 'engagement /features', 'engagement /features product 3']
