import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { buildProgram } from '../support/program.ts'

it('ends in peace when whoever reads has seen enough', async () => {
  const program = await buildProgram('pipe')
  const child = spawn(process.execPath, [program, 'help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stderr)])
  expect({ code, said }).toEqual({ code: 0, said: '' })
}, 30_000)
