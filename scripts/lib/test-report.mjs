/**
 * Vitest's JSON report, as far as it is counted here.
 * @typedef {object} TestReport
 * @property {number} numPassedTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults
 */

/**
 * Counts a run. A file that breaks before its first test, or in a hook, counts as one failure: it must not vanish.
 * @param {TestReport} report
 * @returns {{ passed: number, failed: number }}
 */
export function countTests({ numPassedTests, testResults }) {
  const failures = testResults.map(({ status, assertionResults }) => {
    const tests = assertionResults.filter(test => test.status === 'failed').length
    return status === 'failed' ? Math.max(1, tests) : tests
  })
  return { passed: numPassedTests, failed: failures.reduce((sum, count) => sum + count, 0) }
}
