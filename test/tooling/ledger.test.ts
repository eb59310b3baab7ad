import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openLedger } from '../support/ledger.ts'

const fileIn = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'goldpan-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'deep', 'ledger.json')
}

const given = async (value: number): Promise<number> => value

it('goes on where a run was cut', async () => {
  const file = fileIn()
  const first = openLedger(file, 'one build', false)
  expect(await first.step('a', () => given(1))).toBe(1)
  const second = openLedger(file, 'one build', false)
  expect(await second.step('a', () => given(2))).toBe(1)
  expect(await second.step('b', () => given(3))).toBe(3)
})

it('knows nothing of another build, when asked to begin anew, or of what is taken back', async () => {
  const file = fileIn()
  await openLedger(file, 'one build', false).step('a', () => given(1))
  expect(await openLedger(file, 'another', false).step('a', () => given(2))).toBe(2)
  expect(await openLedger(file, 'another', true).step('a', () => given(3))).toBe(3)
  const ledger = openLedger(file, 'another', false)
  ledger.forget('a')
  expect(await ledger.step('a', () => given(4))).toBe(4)
})

it('keeps nothing of a step that failed', async () => {
  const file = fileIn()
  const ledger = openLedger(file, 'one build', false)
  await expect(ledger.step('a', () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
  expect(await ledger.step('a', () => given(5))).toBe(5)
})
