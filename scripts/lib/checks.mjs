/** What must hold of the source besides the tests: each a Node program with its arguments. */
export const CHECKS = {
  types: { what: 'types fit', args: ['node_modules/typescript/bin/tsc', '-b', '--pretty', 'false'] },
  style: {
    what: 'format and lint',
    args: [
      'node_modules/@biomejs/biome/bin/biome',
      'check',
      '--error-on-warnings',
      '--max-diagnostics=none',
      '.',
    ],
  },
  imports: {
    what: 'rooms import only what they may',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...['snippet', 'collector', 'shared', 'demo-site', 'scripts', 'test', 'vitest.config.ts'],
    ],
  },
  unused: {
    what: 'no file, export or package unused',
    args: ['node_modules/knip/bin/knip.js', '--no-progress'],
  },
}
