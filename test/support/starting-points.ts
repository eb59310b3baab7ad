import { readdirSync, readFileSync } from 'node:fs'
import type { ScoringModel } from '../../collector/contracts/model.ts'
import { modelIn } from '../models/sample.ts'

/** A model that ships: the default, or one of models/. */
export interface StartingPoint {
  /** from the root, `models/insurance.yaml` */
  readonly file: string
  readonly source: string
  readonly model: ScoringModel
}

const root = new URL('../../', import.meta.url)

/** @throws when the file is not sound */
export function startingPoint(file: string): StartingPoint {
  const source = readFileSync(new URL(file, root), 'utf8')
  return { file, source, model: modelIn(source) }
}

export const STARTING_POINTS: readonly StartingPoint[] = [
  'goldpan.yaml',
  ...readdirSync(new URL('models', root)).flatMap(name => (name.endsWith('.yaml') ? `models/${name}` : [])),
].map(startingPoint)
