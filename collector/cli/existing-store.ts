import { readConfig } from '../config/config.ts'
import type { Config } from '../config/shape.ts'
import { StartError } from '../config/start-error.ts'
import { isStoreThere, openStore } from '../storage/open.ts'
import type { Store } from '../storage/store.ts'
import type { Io } from './io.ts'

/** The store, for a command that makes none. @throws StartError where there is none */
export async function openExisting(config: Pick<Config, 'databaseUrl'>): Promise<Store> {
  sayWhenThereIsNone(config)
  return openStore(config.databaseUrl)
}

/** The configuration of an installation that is there. @throws StartError */
export function existingConfig({ env, cwd }: Pick<Io, 'env' | 'cwd'>): Config {
  const config = readConfig(env, cwd)
  sayWhenThereIsNone(config)
  return config
}

function sayWhenThereIsNone({ databaseUrl }: Pick<Config, 'databaseUrl'>): void {
  if (isStoreThere(databaseUrl)) return
  throw new StartError(
    `There is no store at ${databaseUrl}. Go to the folder of the installation, or say where it is with DATABASE_URL; \`goldpan site create\` and \`goldpan serve\` make one.`,
  )
}
