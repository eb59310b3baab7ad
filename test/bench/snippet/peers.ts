import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { fromRoot } from '../../../scripts/lib/paths.mjs'
import { run } from '../../../scripts/lib/run.mjs'
import { fileOf } from './tarball.ts'

/** A tracker as its makers publish it, pinned to the byte: figures of two runs compare the same peers. */
export interface Peer {
  readonly name: string
  readonly package: `${string}@${string}`
  /** SHA-512 of the package as the registry names it */
  readonly integrity: string
  /** the file a site loads or bundles */
  readonly file: string
}

export const PLAUSIBLE: Peer = {
  name: 'Plausible',
  package: '@plausible-analytics/tracker@0.4.6',
  integrity:
    'sha512-nbu6xGgSP6jeYuoVklZBzucUnIpo75tVu3Kr+R0EDycVKaMC/jF5Q/YCaM/8gR4fPZ1IDcXt6FdBJFZ1uZwEPA==',
  file: 'package/plausible.js',
}

export const PEERS: readonly Peer[] = [
  PLAUSIBLE,
  {
    name: 'Snowplow',
    package: '@snowplow/browser-tracker@4.10.1',
    integrity:
      'sha512-1Kmi6Mtyxwn5BN7BPD63CCb8diNr/cD/ihxHVbnTVc9UQRK9xJALpkpOu90PomVH/GJN2VxVKyeNmPJhGnv9og==',
    file: 'package/dist/index.umd.min.js',
  },
  {
    name: 'Segment',
    package: '@segment/analytics-next@1.84.3',
    integrity:
      'sha512-5l7cPBzScxhfJ0zdcKQI4daDvMIWWUk7hClT1xGRelnHUltIEoQ9w8+ZpFPoWJMpX8D7IA1nVAfJbpiKi3XaKw==',
    file: 'package/dist/umd/standalone.js',
  },
  {
    name: 'PostHog',
    package: 'posthog-js@1.449.2',
    integrity:
      'sha512-vji+h92IHaLlFSEnRH1hwe8uLWGOdDUImmPXexj/+V7Xm7HTxIQisYE/Kom7Aaw4DRpzfdhQxiyAN1YVYR4G8Q==',
    file: 'package/dist/array.js',
  },
  {
    name: 'web-vitals alone',
    package: 'web-vitals@6.2.3',
    integrity:
      'sha512-Dmy+vdO1UPMqXiAtZSNayhl4f794Bxfd94W4HIj2HlYtczEQfEOon969memlcpcHrTuOKLa5baFjX7WbgmOq+A==',
    file: 'package/dist/web-vitals.iife.js',
  },
]

/** Trackers that cannot be had as an npm package, and what that leaves. */
export const ABSENT_PEERS: Readonly<Record<string, string>> = {
  Matomo: 'its matomo.js comes with the server, no npm package holds it',
}

const FOLDER = fromRoot('node_modules/.cache/goldpan/peers')

/**
 * The file of a peer, from npm the first time and from the cache afterwards. Peers are no dependencies of the project:
 * nothing of them is installed, run outside the page or needed by a build.
 * @throws {Error} saying why it cannot be had
 */
export async function fetchPeer(peer: Peer): Promise<Buffer> {
  const cached = `${FOLDER}/${peer.package.replace(/[@/]+/g, '-').slice(1)}.tgz`
  if (!existsSync(cached)) await pack(peer, cached)
  const tarball = readFileSync(cached)
  if (integrityOf(tarball) !== peer.integrity) {
    rmSync(cached)
    throw new Error(`${peer.package} is not the package that was pinned: ${integrityOf(tarball)}`)
  }
  return fileOf(tarball, peer.file)
}

async function pack({ package: name }: Peer, to: string): Promise<void> {
  const folder = `${to}.new`
  mkdirSync(folder, { recursive: true })
  try {
    const { code, output } = await run('npm', ['pack', name, '--silent', '--pack-destination', folder], {
      shell: process.platform === 'win32',
    })
    const [file] = readdirSync(folder)
    if (code !== 0 || !file)
      throw new Error(`npm pack ${name} failed${output && `: ${output.split('\n')[0]}`}`)
    renameSync(`${folder}/${file}`, to)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const integrityOf = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`
