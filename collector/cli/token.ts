import { mintToken } from '../access/tokens.ts'
import { readConfig } from '../config/config.ts'
import { openStore } from '../storage/open.ts'
import { SCOPES, type Scope } from '../storage/store.ts'
import { type Command, UsageError } from './io.ts'
import { readArgs } from './usage.ts'

export const TOKEN_USAGE = `goldpan token create --label NAME --scopes ${SCOPES.join(',')} [--json]`

/** `goldpan token create`: a token for the API, shown once. May run beside a collector at work. */
export const tokenCommand: Command = async (args, io) => {
  const options = {
    label: { type: 'string' },
    scopes: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArgs(args, { options, allowPositionals: true }, TOKEN_USAGE)
  const { label, scopes: named, json } = values
  if (positionals.join(' ') !== 'create' || !label || !named)
    throw new UsageError(`token: expected create, a label and scopes. Write ${TOKEN_USAGE}`)
  const scopes = scopesIn(named)
  const store = await openStore(readConfig(io.env, io.cwd).databaseUrl)
  try {
    const token = await mintToken(store, io.clock, { label, scopes })
    io.out(json ? JSON.stringify({ token, label, scopes }) : token)
    if (!json) io.err('Keep it now: only its hash is stored, nobody can show it again.')
    return 0
  } finally {
    await store.close()
  }
}

function scopesIn(text: string): readonly Scope[] {
  const names = text.split(',').map(name => name.trim())
  const unknown = names.find(name => !SCOPES.some(scope => scope === name))
  if (unknown !== undefined)
    throw new UsageError(`--scopes: expected some of ${SCOPES.join(', ')}, came ${JSON.stringify(unknown)}.`)
  return SCOPES.filter(scope => names.includes(scope))
}
