/**
 * Computes once per key object and forgets with it: what is worked out from a model lives as long as the model.
 * `compute` must be pure.
 */
export function memoByObject<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const kept = new WeakMap<K, T>()
  return key => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const fresh = compute(key)
    kept.set(key, fresh)
    return fresh
  }
}

/** For questions asked of every person again and again, whose answers are few and small (our choice). */
export const ANSWERS_KEPT = 5_000

/** Longer texts seldom come twice, and would fill the memory; our choice. */
const KEY_CHARS = 256

/**
 * Remembers answers by text. When `limit` answers are kept it forgets them all: simple, bounded, and traffic repeats
 * itself soon enough. Long texts are not kept. `answer` must be pure.
 */
export function memo<T>(limit: number, answer: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return text => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const fresh = answer(text)
    if (text.length > KEY_CHARS) return fresh
    if (kept.size >= limit) kept.clear()
    kept.set(text, fresh)
    return fresh
  }
}
