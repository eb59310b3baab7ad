import { main } from './lib/failure.mjs'
import { runPrograms } from './lib/run-programs.mjs'

/** `npm run bench` runs every benchmark, `npm run bench -- ingest` one. Each prints a table. */
await main(() => runPrograms({ folder: 'test/bench', ending: '.bench.ts', what: 'benchmark' }))
