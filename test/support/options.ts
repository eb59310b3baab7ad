import { parseArgs } from 'node:util'

/** What a long run may be told, by name, with what holds when it is not. */
type Defaults = Readonly<Record<string, number | string | boolean>>

type Widened<T> = T extends number ? number : T extends boolean ? boolean : string

/**
 * Reads `--bodies 5_000 --picture lag.svg --anew` by the kind of each default.
 * An option that there is not, or a number that is none, ends the program with what there is.
 */
export function optionsFrom<const D extends Defaults>(
  defaults: D,
  argv: readonly string[] = process.argv.slice(2),
): { readonly [K in keyof D]: Widened<D[K]> } {
  const kinds = Object.entries(defaults).map(([name, value]) => {
    const type = typeof value === 'boolean' ? 'boolean' : 'string'
    return [name, { type }] as const
  })
  try {
    const { values } = parseArgs({ args: [...argv], options: Object.fromEntries(kinds) })
    const read = Object.entries(defaults).map(([name, value]) => [name, optionOf(name, values[name], value)])
    return Object.fromEntries(read)
  } catch (error) {
    const known = Object.entries(defaults).map(([name, value]) => `  --${name}${saidDefault(value)}`)
    console.error([error instanceof Error ? error.message : String(error), 'There are:', ...known].join('\n'))
    process.exit(2)
  }
}

const saidDefault = (value: Defaults[string]): string =>
  typeof value === 'boolean' ? '' : ` ${value === '' ? '…' : value}`

function optionOf(name: string, came: unknown, otherwise: Defaults[string]): Defaults[string] {
  if (typeof came === 'boolean') return came
  if (typeof came !== 'string') return otherwise
  if (typeof otherwise !== 'number') return came
  const number = Number(came.replaceAll('_', ''))
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name}: expected a number, came ${came}`)
  return number
}
