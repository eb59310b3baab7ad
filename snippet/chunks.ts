import type { start as debug } from './chunks/debug.ts'
import type { start as domains } from './chunks/domains.ts'
import type { start as forms } from './chunks/forms.ts'
import type { start as vitals } from './chunks/vitals.ts'
import { base } from './config.ts'
import { guard } from './edge.ts'

/** Part of the chunks' file names, put in by the build: they never change their content under one name. */
declare const CHUNK_VERSION: string

interface Chunks {
  readonly debug: typeof debug
  readonly domains: typeof domains
  readonly forms: typeof forms
  readonly vitals: typeof vitals
}

/** Loads a part of the snippet that only some pages need, and starts it. What goes wrong there stops nothing here. */
export const startChunk: <N extends keyof Chunks>(name: N, ...args: Parameters<Chunks[N]>) => Promise<void> =
  guard(async (name: string, ...args: readonly unknown[]) => {
    const { start } = await import(`${base}goldpan.${name}.${CHUNK_VERSION}.js`)
    await start(...args)
  })
