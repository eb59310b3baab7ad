import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Env } from '../../collector/config/config.ts'
import { type Collector, startCollector } from '../../collector/main.ts'

/** The least a model can say. */
const SMALL_MODEL = `goldpan: 1
name: Small
engagement:
  rules:
    - { id: demo, on: form_submit, if: { form.kind: demo }, points: 50 }
forms:
  demo: ["*demo*"]
mql:
  when: { engagement: { from: 40 } }
`

/** Writes a model into a folder and names what a collector in it needs. */
export function installIn(cwd: string, model = SMALL_MODEL): { readonly cwd: string; readonly env: Env } {
  writeFileSync(join(cwd, 'goldpan.yaml'), model)
  return { cwd, env: { PORT: '0', GOLDPAN_ADMIN_TOKEN: 'gp_test_administrator' } }
}

export const ADMIN = { authorization: 'Bearer gp_test_administrator' } as const

/** A collector of real HTTP and a real database that goes with its test. */
export async function startIn(
  { cwd, env }: { readonly cwd: string; readonly env: Env },
  changes: Partial<Parameters<typeof startCollector>[0]> = {},
): Promise<Collector & { readonly said: readonly string[] }> {
  const said: string[] = []
  const say = (line: string): void => {
    said.push(line)
  }
  const collector = await startCollector({ cwd, env, clock: Date.now, print: say, warn: say, ...changes })
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= collector.close()
    return closing
  }
  onTestFinished(close)
  return { ...collector, close, said }
}
