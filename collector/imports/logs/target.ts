import type { LogLine } from './log-line.ts'

/** Why a request is no event of a visitor. A closed list: the report and docs/import.md enumerate it. */
export const SKIP_REASONS = [
  'no_request',
  'method',
  'redirect',
  'error',
  'no_content',
  'asset',
  'machine',
  'other_host',
  'outside',
  'future',
  'bot',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** What a request asked for: its path and query as sent, and the host if the request line or the log names one. */
export interface Asked {
  readonly kind: 'page_view' | 'download'
  readonly host: string | null
  readonly target: string
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Endings of what belongs to a page, or is read by programs. */
const ASSETS = words(`
  css scss less js mjs cjs jsx ts map wasm json jsonld xml xsl xslt rss atom rdf webmanifest manifest appcache yml yaml toml ini
  conf env log sql bak swp old pem key crt asc sig
  png jpg jpeg jfif gif svg svgz webp avif heic heif bmp ico cur apng tif tiff psd
  woff woff2 ttf otf eot mp4 m4v webm ogv ogg oga mp3 m4a wav flac aac mov avi wmv mpg mpeg mkv flv swf m3u8 mpd vtt srt
  exe msi dmg pkg deb rpm apk iso bin dat jar so dll class pdb
`)

/** Endings of what a browser saves or opens as a document: the snippet's own list (snippet/capture/links.ts), but for media. */
const DOCUMENT = /\.(?:pdf|epub|(?:doc|xls|pp[st])[mx]?|od[pst]|rtf|txt|csv|zip|t?gz)$/i

/** First segments of paths that are doors of programs: never a page that a visitor reads. */
const MACHINES = words(`
  api graphql ajax cgi-bin server-status server-info nginx_status health healthz livez readyz metrics ping cdn-cgi socket.io ws
  webhook webhooks hooks _next _nuxt wp-json wp-admin wp-includes wp-cron.php wp-login.php xmlrpc.php
  robots.txt ads.txt app-ads.txt humans.txt security.txt llms.txt llms-full.txt goldpan.js
`)
/** `/.well-known`, `/.env`, `/__debug`, `/v1/events` (Goldpan's own), `/rest/v2`, `/sitemap-1.txt` */
const MACHINE = /^\/(?:\.|__|v\d+\/(?:events|p\.gif)$|rest\/v\d|sitemap[^/]*\.txt$)/i
const FEED = /\/(?:feed|rss|atom|trackback|oembed)(?:\/|$)|\/embed\/?$/i
const MACHINE_QUERY =
  /(?:^|&)(?:(?:wc-ajax|rest_route|feed|doing_wp_cron|preview_id|ajax)(?:=|&|$)|(?:flav|format|type|output|view)=(?:rss|atom|feed|json|xml))/i

const REQUEST = /^([A-Z]+) (\S.*?)(?: HTTP\/[\d.]+)?$/s

/** What a line says that a visitor did: GET alone, answered with content (or the copy they had), of a page or document. */
export function askedIn({ request, status, host }: LogLine): Asked | SkipReason {
  const [, method, whole = ''] = REQUEST.exec(request) ?? []
  if (method === undefined) return 'no_request'
  if (method !== 'GET') return 'method'
  const answer = refusalOf(status)
  if (answer !== null) return answer
  const [, named, target] = /^(?:https?:\/\/([^/?#]*))?(\/.*)?$/is.exec(whole) ?? []
  if (target === undefined && named === undefined) return 'no_request'
  return kindOf(named ?? host, target ?? '/')
}

/** 200, 203 and 304 brought a page. 204 and 205 have no content (RFC 9110 §15.3.5), 206 is one part of many. */
function refusalOf(status: number): SkipReason | null {
  if (status === 200 || status === 203 || status === 304) return null
  if (status >= 300 && status < 400) return 'redirect'
  return status >= 200 && status < 300 ? 'no_content' : 'error'
}

function kindOf(host: string | null, target: string): Asked | SkipReason {
  const [path = '', query = ''] = target.split('#', 1)[0]?.split(/\?(.*)/s, 2) ?? []
  if (isAsset(path)) return 'asset'
  if (isMachine(path) || MACHINE_QUERY.test(query)) return 'machine'
  if (DOCUMENT.test(path)) return { kind: 'download', host, target }
  return path.startsWith('/wp-content/') ? 'machine' : { kind: 'page_view', host, target }
}

const isMachine = (path: string): boolean =>
  MACHINES.has(path.split('/', 2)[1]?.toLowerCase() ?? '') || MACHINE.test(path) || FEED.test(path)

/** The ending of the last segment; a slug such as `/node.js-tips` or `/v1.2` has none that is known. */
const isAsset = (path: string): boolean =>
  ASSETS.has(/[^/]\.(\w{2,11})$/.exec(path)?.[1]?.toLowerCase() ?? '')
