import type { Snippet } from '../../scripts/lib/bundle-snippet.mjs'

/** One kind of labelled material and what measures it. */
export interface Section {
  /** as asked for: `npm run eval -- FOLDER pages` */
  readonly name: string
  /**
   * @param folder holds the corpora; nothing of them is kept
   * @returns the report's lines: counts and shares by group, then the misses; or that the folder has none of this kind
   */
  evaluate(folder: string, means: Means): Promise<readonly string[]> | readonly string[]
}

/** What only some sections need, made when it is asked for. */
export interface Means {
  browser(): Promise<Browsing>
  /** progress, for who waits at the terminal */
  say(text: string): void
}

export interface Browsing {
  readonly snippet: Snippet
  /** program of a Chromium */
  readonly executablePath: string
  /** pages worked on at a time */
  readonly tabs: number
}
