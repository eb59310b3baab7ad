import { describe, expect, it } from 'vitest'
import { diagnose } from '../../scripts/lib/diagnose.mjs'
import { lacking, newsIn, nodeComplaint } from '../../scripts/lib/ensure-dependencies.mjs'

describe('nodeComplaint', () => {
  it.each(['18.20.8', '20.18.3', '12.0.0'])('names both versions and the fix on Node %s', version => {
    const complaint = nodeComplaint(version, '>=20.19')
    expect(complaint).toContain(`needs Node 20.19 or newer, and this is Node ${version}`)
    expect(complaint).toContain('https://nodejs.org')
  })

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts Node %s', version => {
    expect(nodeComplaint(version, '>=20.19')).toBeNull()
  })
})

describe('lacking', () => {
  const here = { os: [process.platform], cpu: [process.arch] }

  it('finds nothing when every locked version is installed', () => {
    expect(
      lacking(
        { '': {}, 'node_modules/hono': { version: '4.1.0' } },
        { 'node_modules/hono': { version: '4.1.0' } },
      ),
    ).toEqual([])
  })

  it('finds a package that is missing or of another version', () => {
    const locked = { 'node_modules/hono': { version: '4.1.0' }, 'node_modules/yaml': { version: '2.0.0' } }
    expect(lacking(locked, { 'node_modules/yaml': { version: '1.9.0' } })).toEqual([
      'node_modules/hono',
      'node_modules/yaml',
    ])
  })

  it('expects of optional packages only those made for this machine', () => {
    const locked = {
      'node_modules/@esbuild/here': { version: '1.0.0', optional: true, ...here },
      'node_modules/@esbuild/there': { version: '1.0.0', optional: true, os: ['plan9'], cpu: [process.arch] },
      'node_modules/fsevents': { version: '1.0.0', optional: true, os: [process.platform] },
    }
    expect(lacking(locked, {})).toEqual(['node_modules/@esbuild/here'])
  })
})

describe('diagnose', () => {
  it.each([
    ['gyp ERR! find Python You need to install the latest version of Python.', 'build-essential python3'],
    ['gyp ERR! stack Error: not found: make', 'xcode-select --install'],
    ['make: g++: No such file or directory', 'build-essential python3'],
    ['gyp ERR! find VS could not find a version of Visual Studio', 'BuildTools'],
    [
      'gyp ERR! stack FetchError: request to https://nodejs.org/headers failed, getaddrinfo ENOTFOUND',
      'npm_config_nodedir',
    ],
    ['npm error code ENOTFOUND\nnpm error network request failed', 'registry cannot be reached'],
    ['npm error code EAI_AGAIN', 'registry cannot be reached'],
    ['npm error code ECONNREFUSED', 'registry cannot be reached'],
    ['npm error code ENOSPC', 'disk is full'],
    ['npm error code EACCES\nnpm error syscall mkdir', 'cannot be written'],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when', 'npm install'],
    ['npm error code ETARGET', 'refused a package'],
  ])('reads %j', (output, cure) => {
    expect(diagnose(output)).toContain(cure)
  })

  it('takes a compiler that is missing for the cause, not the download that was tried before', () => {
    const output =
      'prebuild-install warn install getaddrinfo ENOTFOUND\ngyp ERR! stack Error: not found: make'
    expect(diagnose(output)).toContain('C++ compiler')
  })

  it('claims nothing about what it does not know', () => {
    expect(diagnose('npm error code EWEIRD')).toBeNull()
  })
})

describe('newsIn', () => {
  it('says that SQLite is being compiled, and how long that takes', () => {
    expect(newsIn('  CXX(target) Release/obj.target/better_sqlite3/src/better_sqlite3.o')).toContain(
      'about two minutes',
    )
  })

  it('keeps the rest to itself', () => {
    expect(newsIn('npm warn deprecated prebuild-install@7.1.3')).toBeNull()
  })
})
