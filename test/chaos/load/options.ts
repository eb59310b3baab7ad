import { parseArgs } from 'node:util'

/** What a trial may be told, by name, with what holds when it is not. */
type Defaults = Readonly<Record<string, number | string | boolean>>

type Widened<T> = T extends number ? number : T extends boolean ? boolean : string

/**
 * Reads `--bodies 5000 --picture lag.svg --anew` by the kind of each default.
 * @throws on an option that there is not, and on a number that is none
 */
export function optionsFrom<const D extends Defaults>(
  defaults: D,
  argv: readonly string[] = process.argv.slice(2),
): { readonly [K in keyof D]: Widened<D[K]> } {
  const kinds = Object.entries(defaults).map(([name, value]) => {
    const type = typeof value === 'boolean' ? 'boolean' : 'string'
    return [name, { type }] as const
  })
  const { values } = parseArgs({ args: [...argv], options: Object.fromEntries(kinds) })
  const read = Object.entries(defaults).map(([name, value]) => [name, optionOf(name, values[name], value)])
  return Object.fromEntries(read)
}

function optionOf(name: string, came: unknown, otherwise: Defaults[string]): Defaults[string] {
  if (typeof came === 'boolean') return came
  if (typeof came !== 'string') return otherwise
  if (typeof otherwise !== 'number') return came
  const number = Number(came)
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name}: expected a number, came ${came}`)
  return number
}
