import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MAPPABLE } from '../../collector/imports/contacts/columns.ts'
import { SKIP_REASONS } from '../../collector/imports/logs/target.ts'
import { TRAIT_NAMES } from '../../shared/traits.ts'
import { accessLog } from '../support/access-log.ts'
import { HUBSPOT } from '../support/contacts-csv.ts'
import { openTerminal } from './model-terminal.ts'

const DOC = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8')
const COMMANDS = DOC.split('\n').filter(line => line.startsWith('goldpan '))

/** Words of a command line, quoted ones whole. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

describe('docs/import.md', () => {
  it('has every reason for which a line is skipped, and everything a column can be', () => {
    for (const reason of SKIP_REASONS) expect(DOC).toContain(`\`${reason}\``)
    const traits: readonly string[] = TRAIT_NAMES
    for (const name of MAPPABLE.filter(one => !traits.includes(one))) expect(DOC).toContain(`\`${name}\``)
  })

  it('has commands', () => {
    expect(COMMANDS.length).toBeGreaterThan(4)
  })

  it.each(COMMANDS.filter(line => !line.includes(' - ')))('%s', async line => {
    const terminal = openTerminal()
    await terminal.goldpan(['site', 'create', '--name', 'Acme'])
    const log = accessLog(1).lines.join('\n')
    for (const name of ['access.log', 'access.log.1', 'access.log.2.gz', 'access.log*'])
      terminal.write(log, name)
    terminal.write(
      HUBSPOT.replace('Record ID', 'Contact ID').replace('Contact owner', 'Region'),
      'contacts.csv',
    )
    const { code, err } = await terminal.goldpan([...wordsOf(line).slice(1), '--dry-run'])
    expect(code, err).toBe(0)
  })
})
