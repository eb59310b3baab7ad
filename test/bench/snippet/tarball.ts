import { gunzipSync } from 'node:zlib'

const BLOCK_BYTES = 512

/**
 * One file of an npm package as the registry sends it: a gzipped ustar archive, of which we read the names, the sizes
 * and nothing else (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06).
 * @throws {Error} when the archive has no such file
 */
export function fileOf(tarball: Buffer, path: string): Buffer {
  const archive = gunzipSync(tarball)
  for (let at = 0; at + BLOCK_BYTES <= archive.length; ) {
    const text = (from: number, length: number) =>
      archive
        .toString('utf8', at + from, at + from + length)
        .split('\0', 1)
        .join()
    const bytes = Number.parseInt(text(124, 12), 8) || 0
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/')
    if (name === path) return archive.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + bytes)
    at += BLOCK_BYTES * (1 + Math.ceil(bytes / BLOCK_BYTES))
  }
  throw new Error(`the package has no ${path}`)
}
