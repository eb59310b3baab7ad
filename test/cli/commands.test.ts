import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authenticator } from '../../collector/access/tokens.ts'
import { runCommand } from '../../collector/cli/commands.ts'
import { readConfig } from '../../collector/config/config.ts'
import { openStore } from '../../collector/storage/open.ts'
import { installIn } from '../support/collector.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Runs `goldpan …` in a folder of its own and keeps what it says. */
function terminal(installation = installIn(tempDir())) {
  return async (...argv: readonly string[]) => {
    const out: string[] = []
    const err: string[] = []
    const code = await runCommand(argv, {
      ...installation,
      clock: Date.now,
      out: line => out.push(line),
      err: line => err.push(line),
      stop: new AbortController().signal,
    })
    return { code, out, err: err.join('\n') }
  }
}

describe('goldpan', () => {
  it.each([[[]], [['help']], [['--help']], [['site', '--help']]])('%j helps', async argv => {
    const { code, out } = await terminal()(...argv)
    expect(code).toBe(0)
    for (const command of ['serve', 'site', 'token', 'model', 'replay'])
      expect(out.join()).toContain(`goldpan ${command}`)
  })

  it.each([
    [['sreve'], /Expected one of serve, .+, came "sreve"/],
    [['site'], /expected create or list/],
    [['site', 'tag'], /set or tag with an id/],
    [['site', 'create', 'acme', '--name', 'A'], /expected create or list/],
    [['site', 'create', '--name', 'A', '--consent', 'maybe'], /"consent"\?: granted or required/],
    [['site', 'create'], /expected .*name/],
    [['site', 'create', '--name', 'A', '--origin', 'a.example'], /origins: expected addresses/],
    [['site', 'list', '--colour'], /Unknown option '--colour'/],
    [['token', 'create'], /expected create, a label and scopes/],
    [['token', 'create', '--label', 'x', '--scopes', 'root'], /expected some of read, .+, came "root"/],
  ])('%j is not understood: exit code 2 and how to write it', async (argv, message) => {
    const { code, out, err } = await terminal()(...argv)
    expect(code).toBe(2)
    expect(out).toEqual([])
    expect(err).toMatch(message)
  })

  it('says what does not work without a stack: exit code 1', async () => {
    const { code, err } = await terminal({ cwd: tempDir(), env: { DATABASE_URL: 'mysql:x' } })('site', 'list')
    expect(code).toBe(1)
    expect(err).toMatch(
      /^The configuration is wrong:\n {2}DATABASE_URL: expected sqlite:<path>, came "mysql:x"/,
    )
    expect(err).not.toMatch(/\n\s+at /)
  })
})

it.each([
  [['model', 'history']],
  [['model', 'show']],
  [['model', 'draft']],
  [['model', 'diff']],
  [['model', 'publish']],
  [['handoffs']],
  [['explain', 'jane@acme.example']],
  [['replay', '--verify']],
  [['site', 'list']],
  [['site', 'tag', 'acme']],
])('%j makes no store in a wrong folder, and says where it looked', async argv => {
  const place = installIn(tempDir())
  const { code, err } = await terminal(place)(...argv)
  expect(code).toBe(1)
  expect(err).toContain(`There is no store at sqlite:${place.cwd}/data/goldpan.db.`)
  expect(readdirSync(place.cwd)).toEqual(['goldpan.yaml'])
})

it('refuses a time in words of the command line', async () => {
  const { code, err } = await terminal()('explain', 'jane@acme.example', '--at', 'yesterday')
  expect(code).toBe(2)
  expect(err).toContain('at: expected an RFC 3339 time like 2026-03-01T09:00:00Z; got "yesterday".')
  expect(err).not.toMatch(/URL|%2B/)
})

describe('goldpan site', () => {
  it('is not made under a model whose own tests fail', async () => {
    const place = installIn(tempDir())
    const failing =
      'tests: [ { name: one view, events: [ { at: 0s, type: page_view } ], expect: { stage: mql } } ]\n'
    const path = join(place.cwd, 'goldpan.yaml')
    const run = terminal(place)
    expect((await run('site', 'create', '--name', 'First')).code).toBe(0)
    writeFileSync(join(place.cwd, 'goldpan.acme.yaml'), readFileSync(path, 'utf8') + failing)
    const { code, err } = await run('site', 'create', '--name', 'Acme')
    expect(code).toBe(1)
    expect(err).toMatch(/tests fail:\n +✗ one view\n.*expected the stage mql.*\nThe site was not made\.$/)
    expect(JSON.parse((await run('site', 'list', '--json')).out.join())).toHaveLength(1)
  })

  it('makes a site, prints its tag and its secret once, and lists it', async () => {
    const run = terminal()
    const made = await run(
      'site',
      'create',
      '--name',
      'Acme',
      '--origin',
      'https://a.example',
      '--origin',
      'https://b.example',
    )
    expect(made.code).toBe(0)
    expect(made.out[0]).toMatch(
      /^<script async src="http:\/\/127\.0\.0\.1:0\/goldpan\.js" data-site="pk_live_[\w-]+"><\/script>$/,
    )
    expect(made.out[1]).toMatch(
      /<script async src="[^"]+\/goldpan\.[0-9a-f]{8}\.js" integrity="sha384-[^"]+" crossorigin="anonymous" data-site="pk_live_/,
    )
    expect(made.out[2]).toMatch(/test key .*: pk_test_[\w-]+$/)
    expect(made.out[3]).toMatch(/sk_[\w-]+$/)
    const listed = await run('site', 'list', '--json')
    expect(JSON.parse(listed.out.join())).toMatchObject([
      { id: 'acme', origins: ['https://a.example', 'https://b.example'] },
    ])
    expect(listed.out.join()).not.toMatch(/sk_/)
    expect((await run('site', 'create', '--name', 'Acme')).code).toBe(1)
  })

  it('does so for programs', async () => {
    const { out } = await terminal()('site', 'create', '--name', 'Магазин', '--id', 'shop', '--json')
    expect(JSON.parse(out.join())).toEqual({
      id: 'shop',
      name: 'Магазин',
      origins: [],
      consent: 'granted',
      params: [],
      progressive: false,
      publicKey: expect.stringMatching(/^pk_live_/),
      testKey: expect.stringMatching(/^pk_test_/),
      secretKey: expect.stringMatching(/^sk_/),
      moving: expect.stringMatching(/goldpan\.js/),
      pinned: expect.stringMatching(/integrity=/),
    })
  })

  it('writes a site’s settings into its tags, and changes them', async () => {
    const run = terminal()
    const tagOf = async (...args: readonly string[]) => (await run('site', ...args)).out.join('\n')
    const made = await tagOf('create', '--name', 'Acme', '--consent', 'required', '--param', 'plan')
    expect(made.match(/data-consent="required" data-params="plan">/g)).toHaveLength(2)
    expect(await tagOf('tag', 'acme')).toContain('data-consent="required"')
    expect(await tagOf('tag', 'acme', '--consent', 'cookieless')).toContain('data-consent="cookieless"')
    const set = await tagOf('set', 'acme', '--consent', 'granted', '--origin', 'https://a.example', '--json')
    expect(JSON.parse(set)).toMatchObject({
      consent: 'granted',
      params: ['plan'],
      origins: ['https://a.example'],
    })
    expect(await tagOf('tag', 'acme')).not.toContain('data-consent')
  })

  it('knows no tag of a site that is not', async () => {
    const run = terminal()
    await run('site', 'create', '--name', 'Acme')
    const { code, err } = await run('site', 'tag', 'nobody')
    expect(code).toBe(1)
    expect(err).toMatch(/Expected the id of a site, came nobody/)
  })
})

it('goldpan token create prints a token that works, and nothing else on its output', async () => {
  const installation = installIn(tempDir())
  const { code, out } = await terminal(installation)(
    'token',
    'create',
    '--label',
    'crm',
    '--scopes',
    'write, read',
  )
  expect(code).toBe(0)
  expect(out).toEqual([expect.stringMatching(/^gp_/)])
  const store = await openStore(readConfig(installation.env, installation.cwd).databaseUrl)
  expect(await authenticator(store, null)(`Bearer ${out[0]}`)).toMatchObject({
    label: 'crm',
    scopes: ['read', 'write'],
  })
  await store.close()
})
