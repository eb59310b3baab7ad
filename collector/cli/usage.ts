import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './io.ts'

/**
 * Reads a command's arguments.
 * @throws UsageError that ends with how to write the command
 */
export function readArgs<const T extends ParseArgsConfig>(
  args: readonly string[],
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T & { args: string[] }>> {
  try {
    return parseArgs({ ...config, args: [...args] })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}. Write ${usage}`)
  }
}
