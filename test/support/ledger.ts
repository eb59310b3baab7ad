import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a long run has found so far, kept in a file: a run that is cut goes on where it was. */
export interface Ledger {
  /** The step's result of before, or what `act` finds now, which is written down at once. Results are JSON. */
  step<T>(name: string, act: () => Promise<T>): Promise<T>
  /** Takes back what was written of a step, to do it again. */
  forget(name: string): void
}

interface Pages {
  readonly of: string
  readonly steps: Record<string, unknown>
}

/**
 * @param file where it is kept
 * @param of what the results are true of (`fingerprint`): those of something else are dropped
 * @param isAnew drops what is there in any case
 */
export function openLedger(file: string, of: string, isAnew: boolean): Ledger {
  const pages = isAnew ? { of, steps: {} } : pagesIn(file, of)
  const write = (): void => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(pages, null, 2))
    renameSync(`${file}.new`, file)
  }
  return {
    step: async <T>(name: string, act: () => Promise<T>) => {
      if (name in pages.steps) return pages.steps[name] as T
      const result = await act()
      pages.steps[name] = result
      write()
      return result
    },
    forget: name => {
      delete pages.steps[name]
      write()
    },
  }
}

/** A short hash of a file's bytes: what was measured of one build says nothing of another. */
export const fingerprint = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)

function pagesIn(file: string, of: string): Pages {
  try {
    const pages: Pages = JSON.parse(readFileSync(file, 'utf8'))
    return pages.of === of ? pages : { of, steps: {} }
  } catch {
    return { of, steps: {} }
  }
}
