/**
 * The snippet for bundlers: the same code as the tag's, with types. Nothing happens before `start`, so this may be imported
 * on a server.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Props = Readonly<Record<string, Json>>

/** Your own events by name, with their properties; declare them with `declare module 'goldpan'`. */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be added to
export interface GoldpanEvents {}

/** The attributes of the tag (docs/snippet.md), `false` where they say `off`. */
export interface Options {
  /** the public key of the site, `pk_live_…` */
  readonly site: string
  /** the address of the collector; the snippet's later parts come from there, too */
  readonly endpoint: string
  /** @default 'granted' */
  readonly consent?: 'granted' | 'required' | 'cookieless'
  /** `ignore` overrules Global Privacy Control */
  readonly gpc?: 'ignore'
  /** Do Not Track is a refusal. @default false */
  readonly dnt?: boolean
  readonly forms?: boolean
  readonly downloads?: boolean
  readonly outbound?: boolean
  readonly spa?: boolean
  readonly vitals?: boolean
  /** paths on which nothing is recorded, `*` for any characters */
  readonly exclude?: readonly string[]
  /** query parameters of your own that may be kept */
  readonly params?: readonly string[]
  readonly cookieDomain?: string
  /** your other domains */
  readonly domains?: readonly string[]
  /** tells on the console what happens, and why. @default false */
  readonly debug?: boolean
}

/** The commands (docs/snippet.md). None ever throws. */
export interface Commands {
  <N extends string>(
    command: 'track',
    name: N,
    ...props: N extends keyof GoldpanEvents ? [props: GoldpanEvents[N]] : [props?: Props]
  ): void
  (command: 'identify', email: string, traits?: Props): void
  (command: 'page', props?: Props): void
  (command: 'consent', answer: 'granted' | 'denied', evidence?: { readonly text: string }): void
  (command: 'reset'): void
}

/** As the page's `goldpan(…)`; calls before `start` are kept for it, on a server they do nothing. */
export const goldpan: Commands = (...call: readonly unknown[]): void => {
  if (typeof window === 'undefined') return
  if (!window.goldpan) {
    const waiting: unknown[][] = []
    window.goldpan = Object.assign((...later: unknown[]) => waiting.push(later), { q: waiting })
  }
  window.goldpan(...call)
}

/** Switches that are present or not, rather than on or off. */
const PRESENT: ReadonlySet<string> = new Set(['dnt', 'debug'])

const attributeOf = (name: string, value: unknown): string | undefined => {
  if (PRESENT.has(name)) return value ? '' : undefined
  if (typeof value === 'boolean') return value ? undefined : 'off'
  return Array.isArray(value) ? value.join(',') : `${value}`
}

/** Starts recording, once. What goes wrong rejects, and stops nothing of the page. */
export const start = async ({ endpoint, ...options }: Options): Promise<void> => {
  if (typeof document === 'undefined') return
  // where the snippet looks for its settings: a script of no type that a browser fetches or runs
  const tag = document.createElement('script')
  tag.type = 'text/plain'
  tag.src = `${endpoint.replace(/\/?$/, '/')}goldpan.js`
  for (const [name, value] of Object.entries(options)) {
    const attribute = attributeOf(name, value)
    if (attribute !== undefined) tag.dataset[name] = attribute
  }
  document.head.append(tag)
  await import('./entry.ts')
}
