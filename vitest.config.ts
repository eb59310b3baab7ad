import { defineConfig } from 'vitest/config'

/** Browser journeys start a collector and a browser, and share the machine's cores: one file at a time. */
const JOURNEY_MS = 120_000

/** How long a busy machine may take over what is done at once: a deadline, which tells of no speed. */
const PATIENCE_MS = 15_000

export default defineConfig({
  test: {
    // What a passing test prints is noise; a failing one's is kept.
    silent: 'passed-only',
    // Tests in a browser wait for a quarter of their time; but with a worker more than cores some ran out of it.
    maxWorkers: '100%',
    testTimeout: 2 * PATIENCE_MS,
    hookTimeout: 2 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    unstubGlobals: true,
    restoreMocks: true,
    globalSetup: ['test/support/build-reader.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/snippet/**', 'test/journey/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['test/snippet/**/*.test.ts'],
          setupFiles: ['test/snippet/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'journey',
          environment: 'node',
          include: ['test/journey/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: JOURNEY_MS,
          hookTimeout: JOURNEY_MS,
        },
      },
    ],
  },
})
