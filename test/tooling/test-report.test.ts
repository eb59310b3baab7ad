import { expect, it } from 'vitest'
import { countTests } from '../../scripts/lib/test-report.mjs'

const passed = { status: 'passed' }
const failed = { status: 'failed' }

it('counts what passed and failed', () => {
  const testResults = [
    { status: 'failed', assertionResults: [passed, failed, failed] },
    { status: 'passed', assertionResults: [passed] },
  ]
  expect(countTests({ numPassedTests: 2, testResults })).toEqual({ passed: 2, failed: 2 })
})

it('counts a file that broke before its first test, or after its last', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [passed] },
  ]
  expect(countTests({ numPassedTests: 1, testResults })).toEqual({ passed: 1, failed: 2 })
})
