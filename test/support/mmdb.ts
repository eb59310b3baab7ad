import ipaddr from 'ipaddr.js'

export type MmdbValue = string | number | { readonly [key: string]: MmdbValue }

/** A tree node: where its two bits lead, or the record there. */
interface Node {
  readonly branches: [Branch, Branch]
}
type Branch = Node | { readonly record: MmdbValue } | null

const RECORD_BITS = 32
const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')

/**
 * An MMDB file (MaxMind DB format 2.0) with an IPv6 tree and IPv4 in its first 2^32 addresses, as vendors publish them.
 * @param records by network; of overlapping ones the narrower must come later
 */
export function mmdbOf(records: Readonly<Record<string, MmdbValue>>, type = 'Test-Country'): Buffer {
  const root: Node = { branches: [null, null] }
  for (const [network, record] of Object.entries(records)) plant(root, bitsOf(network), record)
  const nodes = [root, ...below(root)]
  const places = new Map(nodes.map((node, place) => [node, place]))
  const data: Buffer[] = []
  let size = 0
  const placeOf = (branch: Branch): number => {
    if (branch === null) return nodes.length
    if (!('record' in branch)) return places.get(branch) ?? 0
    const bytes = encoded(branch.record)
    const pointer = nodes.length + 16 + size
    data.push(bytes)
    size += bytes.length
    return pointer
  }
  const tree = Buffer.alloc(nodes.length * 8)
  for (const [place, { branches }] of nodes.entries())
    branches.forEach((branch, side) => {
      tree.writeUInt32BE(placeOf(branch), place * 8 + side * 4)
    })
  const metadata = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: type,
    ip_version: 6,
    node_count: nodes.length,
    record_size: RECORD_BITS,
  })
  return Buffer.concat([tree, Buffer.alloc(16), ...data, MARKER, metadata])
}

function bitsOf(network: string): string {
  const [address, prefix] = ipaddr.parseCIDR(network)
  const bits = address.toByteArray().map(byte => byte.toString(2).padStart(8, '0'))
  const isV4 = address.kind() === 'ipv4'
  return (isV4 ? '0'.repeat(96) : '') + bits.join('').slice(0, prefix)
}

function plant(root: Node, bits: string, record: MmdbValue): void {
  let node = root
  for (const bit of bits.slice(0, -1)) {
    const side = bit === '1' ? 1 : 0
    const there = node.branches[side]
    // what covered the whole goes on covering both halves
    const next: Node =
      there === null || 'record' in there ? { branches: [there ?? null, there ?? null] } : there
    node.branches[side] = next
    node = next
  }
  node.branches[bits.endsWith('1') ? 1 : 0] = { record }
}

const below = ({ branches }: Node): readonly Node[] =>
  branches.flatMap(branch => (branch !== null && !('record' in branch) ? [branch, ...below(branch)] : []))

const [TEXT, UINT32, MAP] = [2, 6, 7]

function encoded(value: MmdbValue): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([control(TEXT, text.length), text])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(UINT32, 4), bytes])
  }
  const fields = Object.entries(value).flatMap(([key, field]) => [encoded(key), encoded(field)])
  return Buffer.concat([control(MAP, fields.length / 2), ...fields])
}

/** Type and size of what follows; texts of these tests are shorter than 285 bytes. */
const control = (type: number, size: number): Buffer =>
  size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29])
