import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cpuSecondsOf, fileLimitOf, heldUpSecondsOf, rssBytesOf } from './process-figures.ts'

test.runIf(existsSync('/proc/self/stat'))('a process is read as Node sees it itself', () => {
  const { user, system } = process.cpuUsage()
  const seconds = (user + system) / 1e6
  expect(Math.abs(cpuSecondsOf(process.pid) - seconds)).toBeLessThan(1)
  expect(rssBytesOf(process.pid) / process.memoryUsage.rss()).toBeCloseTo(1, 0)
  expect(fileLimitOf(process.pid)).toBeGreaterThan(10)
})

test.runIf(existsSync('/proc/self/schedstat'))('how long others had the core is less than it is old', () => {
  const heldUp = heldUpSecondsOf(process.pid)
  expect(heldUp).toBeGreaterThan(0)
  expect(heldUp).toBeLessThan(process.uptime())
})

test('who is not there has no figures', () => {
  for (const figure of [cpuSecondsOf, rssBytesOf, fileLimitOf, heldUpSecondsOf]) expect(figure(-1)).toBeNaN()
})
