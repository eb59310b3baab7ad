import { main } from './lib/failure.mjs'
import { runPrograms } from './lib/run-programs.mjs'

/**
 * `npm run chaos` runs the whole battery, `npm run chaos -- kill` one of its trials. Each prints what it found, and fails when a
 * promise was broken.
 */
await main(() => runPrograms({ folder: 'test/chaos', ending: '.chaos.ts', what: 'trial' }))
