import { isDeepStrictEqual } from 'node:util'
import type { LoadedModel } from './load.ts'

/**
 * Whether two are one model: the same text, and the same once its lists are read in. A release may hash otherwise than the
 * one before it; that makes no other model of what a store or a folder holds.
 */
export const isSameModel = (a: LoadedModel, b: LoadedModel): boolean =>
  a.hash === b.hash || (a.source === b.source && isDeepStrictEqual(asStored(a.model), asStored(b.model)))

/** As it comes back from a store, which keeps JSON. */
const asStored = (model: LoadedModel['model']): unknown => JSON.parse(JSON.stringify(model))
