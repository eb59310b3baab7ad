import type { ModelVersion, ScoringModel } from '../contracts/model.ts'

/**
 * Models of a site, and the generations of what is computed by them. A generation is one complete set of computed people:
 * readers see one, while a publish or a rebuild prepares the next beside it; the switch to it is one commit.
 */
export interface ModelStore {
  /**
   * Published versions by which the shown generation is judged, or the one given, oldest first. A version never changes,
   * so each comes as the same object every time: what was compiled for it stays compiled.
   */
  modelVersions(site: string, generation?: number): Promise<readonly ModelVersion[]>
  /** The same of every site that has any, as shown, in one query. */
  everyModelVersion(): Promise<ReadonlyMap<string, readonly ModelVersion[]>>
  /**
   * Adds a version. While nobody is there to rescore it is in force at once (`published`); else a generation is prepared
   * for it (`preparing`) and comes in force with the switch. `conflict`: its number is taken. `busy`: another generation
   * is being prepared. Nothing is written then.
   * @param by nobody in particular, at the version's own time, unless given
   */
  publishModel(
    site: string,
    version: ModelVersion,
    by?: Asked,
  ): Promise<'published' | 'preparing' | 'conflict' | 'busy'>
  /**
   * Prepares a generation under the versions there are: after an upgrade of the engine. One that another engine is
   * preparing begins anew with this one; `busy` when this one is at it already.
   */
  startRebuild(site: string, by: Asked): Promise<'preparing' | 'busy'>
  /** Every generation being prepared, of all sites. */
  rescorings(): Promise<readonly Rescoring[]>
  /** Marks the next subjects of a prepared generation dirty. @returns how many; 0: all are marked */
  markForRescoring(rescoring: Rescoring, limit: number): Promise<number>
  /**
   * Another time for a generation that cannot be ready at its own. Its version's time moves along, so everybody is
   * computed anew.
   */
  postponeGeneration(rescoring: Rescoring, times: Postponement): Promise<void>
  /**
   * Shows a prepared generation from now on, and says what it makes known, in one commit. `not_yet` while somebody in it
   * waits to be computed, or its time has not come.
   */
  switchGeneration(rescoring: Rescoring, now: number): Promise<'switched' | 'not_yet'>
  /** Deletes rows of generations that are no longer shown. @returns how many; 0: none are left */
  sweepGenerations(limit: number): Promise<number>
  /** What was published and rebuilt, oldest first, a generation in preparation included. */
  modelHistory(site: string): Promise<readonly GenerationRecord[]>

  draft(site: string): Promise<ModelDraft | null>
  /**
   * Keeps a draft in place of what there is; null: none any more.
   * @param over hash of the draft that may be replaced, null: only where there is none. @default whatever there is
   * @returns `conflict`: there is another; nothing is written
   */
  saveDraft(site: string, draft: ModelDraft | null, over?: string | null): Promise<'saved' | 'conflict'>
}

/** Who asked for a generation, when (epoch ms), and the engine that will compute it (models/engine.ts). */
export interface Asked {
  readonly actor: string
  readonly at: number
  readonly engine: string
}

/** epoch ms */
export interface Postponement {
  readonly inForceAt: number
  readonly now: number
}

/** A generation being prepared. */
export interface Rescoring extends GenerationRecord {
  readonly site: string
  /** epoch ms at which the computing began that is under way */
  readonly passAt: number
  /** whether all are computed: it waits for its time alone */
  readonly isReady: boolean
  /** timelines computed so far, of `total` */
  readonly done: number
}

export interface GenerationRecord {
  readonly generation: number
  /** the model version that came with it; null: a rebuild */
  readonly version: number | null
  /** who asked for it */
  readonly actor: string
  /** that computes it */
  readonly engine: string
  readonly startedAt: number
  /** epoch ms from which its version judges */
  readonly inForceAt: number
  /** null: in preparation */
  readonly switchedAt: number | null
  /** timelines there were when it began */
  readonly total: number
}

/** A sound model that is not in force: what somebody is working on. */
export interface ModelDraft {
  readonly hash: string
  readonly source: string
  readonly model: ScoringModel
  readonly savedAt: number
  readonly actor: string
}
