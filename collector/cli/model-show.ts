import { rfc3339 } from '../queries/rfc3339.ts'
import { type Command, UsageError } from './io.ts'
import { siteAsked, withModelDesk } from './model-desk.ts'
import { readArgs } from './usage.ts'

export const SHOW_USAGE = 'goldpan model show [N] [--site ID] [--json] | model draft [--site ID] [--json]'

const OPTIONS = { site: { type: 'string' }, json: { type: 'boolean' } } as const

/** `goldpan model show`: the text of the version in force, or of version N. */
export const showCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { options: OPTIONS, allowPositionals: true }, SHOW_USAGE)
  const [number, ...others] = positionals
  if (others.length > 0) throw new UsageError(`model show: expected one version. Write ${SHOW_USAGE}`)
  return withModelDesk(io, async desk => {
    const site = siteAsked(desk, values.site)
    const versions = await desk.store.modelVersions(site)
    const found =
      number === undefined ? versions.at(-1) : versions.find(one => String(one.version) === number)
    if (!found) {
      io.err(`Expected a published version, 1 to ${versions.length}, came ${number ?? 'none'}.`)
      return 1
    }
    const { version, publishedAt, hash, source } = found
    if (values.json)
      io.out(JSON.stringify({ site, version, publishedAt: rfc3339(publishedAt), hash, source }))
    else io.out(source.replace(/\n$/, ''))
    return 0
  })
}
