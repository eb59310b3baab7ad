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
