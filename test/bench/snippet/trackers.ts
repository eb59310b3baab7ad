import { build } from 'esbuild'
import { bundleSnippet, type Snippet } from '../../../scripts/lib/bundle-snippet.mjs'
import { fetchPeer, PLAUSIBLE } from './peers.ts'

/** What a page loads to be measured: the script of its tag and whatever that loads. */
export interface Tracker {
  readonly name: string
  /** by file name; the tag's is `tracker.js` */
  readonly files: Readonly<Record<string, string>>
  /** attributes of the tag */
  readonly attributes: string
}

/** Stands in a script for the host it is served from, known only when that listens. */
export const EVENTS_HOST = 'http://events.invalid'

/** The floor: what a browser needs to fetch, compile and run a script that does nothing. */
export const NO_OP: Tracker = { name: 'no-op', files: { 'tracker.js': '(()=>{})()' }, attributes: '' }

export const goldpan = async (): Promise<Tracker> => ofSnippet(await bundleSnippet())

export const ofSnippet = ({ code, chunks, chunkVersion }: Snippet): Tracker => ({
  name: 'Goldpan',
  files: {
    'tracker.js': code,
    ...Object.fromEntries(
      Object.entries(chunks).map(([name, text]) => [`goldpan.${name}.${chunkVersion}.js`, text]),
    ),
  },
  attributes: 'data-site="pk_live_bench0000000000"',
})

/** Plausible with what Goldpan also does switched on, so that like is compared with like. */
const FULL = { outboundLinks: true, fileDownloads: true, formSubmissions: true }

/**
 * Plausible's package as a site would ship it, minified into one script. It leaves out visits to a machine's own
 * addresses and by automated browsers unless `captureOnLocalhost` is set.
 * @throws {Error} saying why the package cannot be had
 */
export async function plausible(): Promise<readonly [full: Tracker, byDefault: Tracker]> {
  const published = (await fetchPeer(PLAUSIBLE)).toString()
  const tracker = async (name: string, features: object): Promise<Tracker> => {
    const options = {
      domain: 'acme.localhost',
      endpoint: `${EVENTS_HOST}/api/event`,
      captureOnLocalhost: true,
      ...features,
    }
    const { outputFiles } = await build({
      stdin: { contents: `${published.replace(/\nexport \{.*/, '')}\ninit(${JSON.stringify(options)})` },
      write: false,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2020',
      logLevel: 'error',
    })
    return { name, files: { 'tracker.js': outputFiles[0]?.text ?? '' }, attributes: '' }
  }
  return Promise.all([tracker('Plausible', FULL), tracker('Plausible, its defaults', {})])
}
