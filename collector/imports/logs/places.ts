/** Where a line's page lies: its origin, or null for another site's. `host` null: the line names none. */
export type Places = (host: string | null) => string | null

/**
 * Pages of a site. A host that the log names is one of the site's when it is that of the base or of an origin, with `www.`
 * or without; all are, when nothing says whose the log is.
 * @param base `https://www.example.com`, for lines that name no host; null: such lines are not the site's
 * @param origins of the site
 */
export function placesOf(base: string | null, origins: readonly string[]): Places {
  const urls = [...(base === null ? [] : [base]), ...origins].map(origin => new URL(origin))
  const own = new Set(urls.map(({ hostname }) => bare(hostname)))
  const home = base === null ? null : new URL(base)
  const schemeOf = (name: string): string | undefined =>
    urls.find(({ hostname }) => bare(hostname) === bare(name))?.protocol
  return host => {
    if (host === null || home?.host === host) return home?.origin ?? null
    const named = hostIn(host)
    const isOwn = own.size === 0 || own.has(bare(named.name))
    return named.name !== '' && isOwn ? originOf(named, schemeOf(named.name)) : null
  }
}

interface Named {
  readonly name: string
  readonly port: string | undefined
}

function hostIn(host: string): Named {
  const [, name = '', port] = /^([\w.-]+?)\.?(?::(\d+))?$/.exec(host.toLowerCase()) ?? []
  return { name, port }
}

function originOf({ name, port }: Named, scheme = port === '80' ? 'http:' : 'https:'): string {
  const isUsual = port === undefined || port === '80' || port === '443'
  return `${scheme}//${name}${isUsual ? '' : `:${port}`}`
}

const bare = (hostname: string): string => hostname.replace(/^www\./, '')
