import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Env, readConfig } from '../../collector/config/config.ts'
import { ConfigError } from '../../collector/config/start-error.ts'
import { DAY_MS } from '../../shared/time.ts'
import { tempDir } from '../support/temp-dir.ts'

const CWD = '/srv/goldpan'
/** any file there is */
const GEO_DB = fileURLToPath(import.meta.url)
const read = (env: Env = {}) => readConfig(env, CWD)

function problemsOf(env: Env): readonly string[] {
  try {
    read(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

it('needs nothing', () => {
  expect(read()).toEqual({
    port: 8787,
    host: '127.0.0.1',
    demoPort: 8788,
    databaseUrl: 'sqlite:/srv/goldpan/data/goldpan.db',
    modelPath: '/srv/goldpan/goldpan.yaml',
    adminToken: null,
    publicUrl: null,
    basePath: '',
    trustedProxies: [],
    secretKey: null,
    geoDb: null,
    companyNetworks: null,
    logFormat: 'text',
    quotas: expect.any(Object),
    retention: { quarantineMs: 30 * DAY_MS, anonymousMs: 90 * DAY_MS, leadsMs: 730 * DAY_MS },
    minFreeBytes: 200_000_000,
  })
})

it('takes every variable', () => {
  const config = read({
    PORT: '9000',
    HOST: '::1',
    DEMO_PORT: '9100',
    DATABASE_URL: 'sqlite:other/place.db',
    GOLDPAN_MODEL: '/etc/goldpan.yaml',
    GOLDPAN_ADMIN_TOKEN: 'gp_administrator',
    GOLDPAN_PUBLIC_URL: 'https://go.example.com/gp/',
    GOLDPAN_BASE_PATH: '/gp/',
    GOLDPAN_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1 192.0.2.7',
    GOLDPAN_SECRET_KEY: 'k'.repeat(44),
    GOLDPAN_GEO_DB: GEO_DB,
    GOLDPAN_COMPANY_NETWORKS: relative(CWD, GEO_DB),
  })
  expect(config).toMatchObject({
    port: 9000,
    host: '::1',
    demoPort: 9100,
    databaseUrl: 'sqlite:/srv/goldpan/other/place.db',
    modelPath: '/etc/goldpan.yaml',
    adminToken: 'gp_administrator',
    publicUrl: 'https://go.example.com/gp',
    basePath: '/gp',
    secretKey: 'k'.repeat(44),
    geoDb: GEO_DB,
    companyNetworks: GEO_DB,
  })
  expect(config.trustedProxies.map(([network, bits]) => `${network}/${bits}`)).toEqual([
    '10.0.0.0/8',
    '2001:db8::1/128',
    '192.0.2.7/32',
  ])
})

it('the demo stands beside the collector', () => {
  expect(read({ PORT: '9000' }).demoPort).toBe(9001)
  expect(read({ PORT: '0' }).demoPort).toBe(0)
})

it.each(['sqlite:/var/lib/goldpan.db', 'sqlite:///var/lib/goldpan.db'])('%s is an absolute path', url => {
  expect(read({ DATABASE_URL: url }).databaseUrl).toBe('sqlite:/var/lib/goldpan.db')
})

it('an empty variable is an absent one', () => {
  expect(read({ PORT: '', GOLDPAN_ADMIN_TOKEN: '', GOLDPAN_TRUSTED_PROXIES: '' })).toEqual(read())
})

describe('…_FILE', () => {
  it('names a file that holds the variable', () => {
    const file = join(tempDir(), 'token')
    writeFileSync(file, 'gp_from_a_secret\n')
    expect(read({ GOLDPAN_ADMIN_TOKEN_FILE: file }).adminToken).toBe('gp_from_a_secret')
  })

  it('does not stand beside the variable, nor for a file that is not there', () => {
    expect(problemsOf({ PORT: '1', PORT_FILE: '/x' })).toEqual([
      expect.stringContaining('both PORT and PORT_FILE'),
    ])
    expect(problemsOf({ PORT_FILE: '/nowhere/port' })).toEqual([
      expect.stringMatching(/PORT_FILE: .*"\/nowhere\/port" \(ENOENT\)/),
    ])
  })
})

it('tells all that is wrong at once, each with what was expected, what came and how to mend it', () => {
  const problems = problemsOf({
    PORT: '70000',
    HOST: 'my host',
    DATABASE_URL: 'postgres://localhost/goldpan',
    GOLDPAN_PUBLIC_URL: 'go.example.com',
    GOLDPAN_BASE_PATH: 'gp',
    GOLDPAN_TRUSTED_PROXIES: '10.0.0.0/8, everyone',
    GOLDPAN_ADMIN_TOKEN: 'short',
    GOLDPAN_SECRET_KEY: 'short',
  })
  expect(problems.map(problem => problem.split(':', 1)[0])).toEqual([
    'PORT',
    'HOST',
    'DATABASE_URL',
    'GOLDPAN_ADMIN_TOKEN',
    'GOLDPAN_PUBLIC_URL',
    'GOLDPAN_BASE_PATH',
    'GOLDPAN_TRUSTED_PROXIES',
    'GOLDPAN_SECRET_KEY',
  ])
  for (const problem of problems) expect(problem).toMatch(/^\w+: expected .+, came .+\. .+\.$/)
})

it('repeats no secret', () => {
  expect(problemsOf({ GOLDPAN_ADMIN_TOKEN: 'hunter2' }).join()).not.toContain('hunter2')
})

it('two services do not share a port', () => {
  expect(problemsOf({ PORT: '9000', DEMO_PORT: '9000' })).toEqual([
    expect.stringMatching(/^DEMO_PORT: expected another port/),
  ])
})

it.each([
  ['anonymous=30d', { anonymousMs: 30 * DAY_MS }],
  ['leads=never, quarantine=7d', { leadsMs: null, quarantineMs: 7 * DAY_MS }],
])('reads periods of retention: %s', (text, periods) => {
  expect(read({ GOLDPAN_RETENTION: text }).retention).toMatchObject(periods)
})

it.each(['anonymous=30', 'forms=3d', 'leads'])('says what is wrong with the period %s', text => {
  expect(() => read({ GOLDPAN_RETENTION: text })).toThrow(/GOLDPAN_RETENTION: expected periods/)
})
