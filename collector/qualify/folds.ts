import type { Folded } from '../advance/advance.ts'
import type { SubjectRef } from '../storage/store.ts'
import type { StoredComponent } from './decision.ts'

/** A component as it was left: what was folded, and what is stored of it. */
export interface Kept {
  readonly site: string
  readonly generation: number
  readonly folded: Folded
  readonly component: Omit<StoredComponent, 'marks'>
}

/** Components that were qualified of late, so that what comes next is appended instead of folding all that came before. */
export interface Folds {
  /** The component of a subject, which is the taker's from now on. */
  take(ref: SubjectRef): Kept | null
  /** Keeps a component in place of all that had a subject of it. */
  keep(kept: Kept): void
  /** Forgets every component with one of these subjects, in whatever generation: somebody in it was erased. */
  forget(site: string, subjects: readonly string[]): void
}

/** 12 KB each with six events, 19 KB with fifteen (our choice: those who are on the site now, and room to spare). */
const MOST_COMPONENTS = 2_000

/** The least recently used are forgotten: a cache, of which nothing depends but speed. */
export function createFolds(most = MOST_COMPONENTS): Folds {
  const bySubject = new Map<string, Kept>()
  /** in the order of their last use */
  const all = new Set<Kept>()

  function drop(kept: Kept): void {
    all.delete(kept)
    for (const subject of kept.component.subjects) bySubject.delete(keyOf({ ...kept, subject }))
  }

  return {
    take: ref => {
      const kept = bySubject.get(keyOf(ref)) ?? null
      if (kept) drop(kept)
      return kept
    },
    keep: kept => {
      const keys = kept.component.subjects.map(subject => keyOf({ ...kept, subject }))
      for (const key of keys) {
        const earlier = bySubject.get(key)
        if (earlier) drop(earlier)
      }
      for (const key of keys) bySubject.set(key, kept)
      all.add(kept)
      const [oldest] = all
      if (oldest && all.size > most) drop(oldest)
    },
    forget: (site, subjects) => {
      const erased = new Set(subjects)
      for (const kept of [...all])
        if (kept.site === site && kept.component.subjects.some(subject => erased.has(subject))) drop(kept)
    },
  }
}

const keyOf = ({ site, generation, subject }: SubjectRef): string => `${site}\0${generation}\0${subject}`
