/** Who may import whom: the table of ARCHITECTURE.md, kept by a tool. */

/** Where each room is. Every source file is in exactly one. */
const ROOMS = {
  shared: '^shared/',
  snippet: '^snippet/',
  contracts: '^collector/contracts/',
  identity: '^collector/identity/',
  enrich: '^collector/enrich/',
  scoring: '^collector/scoring/',
  lifecycle: '^collector/lifecycle/',
  advance: '^collector/advance/',
  qualify: '^collector/qualify/',
  models: '^collector/models/',
  ingest: '^collector/ingest/',
  imports: '^collector/imports/',
  networks: '^collector/networks/',
  queries: '^collector/queries/',
  access: '^collector/access/',
  http: '^collector/http/',
  port: '^collector/storage/(store|model-store|account-store|erasure-store|quarantine-store|figures-store|retention-store|upkeep|roll-up)\\.ts$',
  engines:
    '^collector/storage/(?!(store|model-store|account-store|erasure-store|quarantine-store|figures-store|retention-store|upkeep|roll-up|open)\\.ts$)',
  open: '^collector/storage/open\\.ts$',
  signals: '^collector/signals\\.ts$',
  cli: '^collector/cli/',
  config: '^collector/config/',
  app: '^collector/app\\.ts$',
  installation: '^collector/installation\\.ts$',
  main: '^collector/main\\.ts$',
  panel: '^demo-site/browser/',
  demo: '^demo-site/(?!browser/)',
}

const PURE = ['identity', 'enrich', 'scoring', 'lifecycle']
const HONO = ['npm:hono', 'npm:@hono/node-server']
const COLLECTOR = Object.keys(ROOMS).filter(room => ROOMS[room].startsWith('^collector/'))

/** What each room may import besides itself. A package or a module of Node's not named here is not imported there. */
const MAY_IMPORT = {
  shared: ['npm:typebox'],
  snippet: ['shared', 'npm:web-vitals'],
  contracts: ['shared', 'npm:ipaddr.js'],
  identity: ['shared', 'contracts'],
  enrich: [
    'shared',
    'contracts',
    'npm:isbot',
    'npm:tldts',
    'npm:ipaddr.js',
    'npm:libphonenumber-js',
    'npm:disposable-email-domains-js',
    'npm:email-providers',
  ],
  scoring: ['shared', 'contracts'],
  lifecycle: ['shared', 'contracts', 'scoring'],
  advance: ['shared', 'contracts', ...PURE],
  qualify: ['shared', 'contracts', ...PURE, 'advance', 'port', 'signals', 'node:crypto', 'node:timers'],
  models: [
    ...['shared', 'contracts', ...PURE, 'port', 'signals'],
    ...['npm:yaml', 'npm:csv-parse', 'npm:typebox', 'node:fs', 'node:crypto', 'node:path', 'node:util'],
  ],
  ingest: [
    'shared',
    'contracts',
    'port',
    'signals',
    'npm:typebox',
    'npm:ipaddr.js',
    'node:timers',
    'node:crypto',
  ],
  networks: [
    ...['shared', 'contracts', 'ingest', 'port', 'signals', 'config'],
    ...['npm:ipaddr.js', 'npm:mmdb-lib', 'npm:csv-parse', 'npm:tldts', 'node:fs'],
  ],
  imports: [
    ...['shared', 'contracts', ...PURE, 'ingest', 'port', 'signals'],
    ...['npm:csv-parse', 'npm:ipaddr.js', 'node:crypto', 'node:net'],
  ],
  queries: ['shared', 'contracts', ...PURE, 'advance', 'port', 'signals', 'npm:typebox'],
  access: [
    ...['shared', 'contracts', 'port', 'npm:typebox'],
    ...['node:crypto', 'node:util', 'node:fs', 'node:path'],
  ],
  http: [
    ...['shared', 'contracts', 'ingest', 'queries', 'access', 'models', 'port', 'signals', 'config'],
    ...[...HONO, 'npm:ipaddr.js', 'npm:tldts', 'node:*'],
  ],
  port: ['shared', 'contracts'],
  engines: ['shared', 'contracts', 'port', 'npm:better-sqlite3', 'node:*'],
  open: ['shared', 'port', 'engines', 'node:*'],
  signals: ['shared', 'contracts'],
  cli: [
    'shared',
    'contracts',
    'queries',
    'access',
    'models',
    'imports',
    'networks',
    'advance',
    'qualify',
    'port',
    'open',
    'signals',
    'config',
    'installation',
    'main',
    'npm:csv-parse',
    'node:*',
  ],
  config: ['shared', ...COLLECTOR, 'npm:*', 'node:*'],
  app: ['shared', ...COLLECTOR, 'npm:*', 'node:*'],
  installation: ['shared', 'contracts', 'access', 'models', 'advance', 'port', 'open', 'signals', 'config'],
  main: ['shared', ...COLLECTOR, 'npm:*', 'node:*'],
  panel: ['shared'],
  demo: ['shared', 'contracts', 'main', ...HONO, 'node:*'],
}

/** @param {string} name of a room, `npm:package` or `node:module`, `*` for any */
function pathOf(name) {
  if (name.startsWith('npm:'))
    return `(^|/)node_modules/(@types/)?${name === 'npm:*' ? '' : `${name.slice(4)}/`}`
  if (name.startsWith('node:'))
    return `^(node:)?${name === 'node:*' ? '[a-z0-9_/]+' : `${name.slice(5)}(/promises)?`}$`
  return ROOMS[name]
}

const rows = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `what ${room} may import`,
  comment: `besides itself only ${others.join(', ')}`,
  severity: 'error',
  from: { path: ROOMS[room] },
  to: { pathNot: [room, ...others].map(pathOf), couldNotResolve: false },
}))

module.exports = {
  forbidden: [
    ...rows,
    {
      name: 'every file is in a room',
      comment: 'a new room needs a row in .dependency-cruiser.cjs and in ARCHITECTURE.md',
      severity: 'error',
      from: { path: '^(shared|snippet|collector|demo-site)/', pathNot: Object.values(ROOMS) },
      to: {},
    },
    {
      name: 'the driver stays in its engine',
      comment: 'better-sqlite3 is named in collector/storage/sqlite only',
      severity: 'error',
      from: { path: '^(collector|demo-site)/', pathNot: '^collector/storage/sqlite/' },
      to: { path: pathOf('npm:better-sqlite3') },
    },
    {
      name: 'Hono stays at the edge',
      comment: 'routes are made in collector/http, app.ts and main.ts',
      severity: 'error',
      from: { path: '^collector/', pathNot: ['http', 'app', 'main'].map(pathOf) },
      to: { path: HONO.map(pathOf) },
    },
    {
      name: 'no validator in the snippet',
      comment: 'shared/events.ts and shared/wire.ts hold schemas: `import type` from them',
      severity: 'error',
      from: { path: ROOMS.snippet },
      to: { path: '^shared/(events|wire)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the panel takes types only',
      comment: 'shared/ runs in the collector and the snippet; the panel needs only its types',
      severity: 'error',
      from: { path: ROOMS.panel },
      to: { path: ROOMS.shared, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the demo site takes types only',
      comment: 'it starts the collector through main.ts and reads shapes from contracts',
      severity: 'error',
      from: { path: ROOMS.demo },
      to: { path: ROOMS.contracts, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no cycles',
      comment: 'two files that need each other are one file, or need a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no orphans',
      comment: 'nothing imports it and it imports nothing',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(shared|snippet|collector|demo-site|scripts/lib)/',
        pathNot: '(/tsconfig\\.json|\\.d\\.ts)$',
      },
      to: {},
    },
    {
      name: 'imports resolve',
      comment: 'the file or package does not exist',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(demo-site/assets|snippet/releases)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
