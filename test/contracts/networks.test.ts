import { expect, it } from 'vitest'
import { networkIn } from '../../collector/contracts/networks.ts'
import { compileList } from '../../collector/enrich/lists.ts'
import { readAddress } from '../../collector/networks/address.ts'
import { listsHolding } from '../../collector/networks/lists.ts'

const listOf = (...ips: readonly string[]) => ({ domains: [], emails: [], companies: [], ips })

it.each([
  ['192.0.2.0/24', '192.0.2.0', 24],
  [' 192.0.2.7 ', '192.0.2.7', 32],
  ['2001:db8::/32', '2001:db8::', 32],
  ['2001:db8::1', '2001:db8::1', 128],
  ['::ffff:192.0.2.0/120', '192.0.2.0', 24],
  ['::ffff:192.0.2.7', '192.0.2.7', 32],
])('%s is a network', (text, address, bits) => {
  const [first, prefix] = networkIn(text) ?? []
  expect([first?.toString(), prefix]).toEqual([address, bits])
})

it.each([
  ...[
    '',
    'office',
    '10',
    '10.0/8',
    '192.0.2.256',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/x',
    '192.0.2.0/24/1',
  ],
  ...['2001:db8::/129', '2001:db8::/-1', '::ffff:192.0.2.0/95'],
])('%s is none', text => {
  expect(networkIn(text)).toBeNull()
})

it.each(['192.0.2.0/24', '::ffff:192.0.2.0/120'])(
  'a list with %s holds the same visits now and later',
  entry => {
    const list = listOf(entry)
    const { position } = readAddress('192.0.2.9') ?? { position: 0n }
    expect(listsHolding({ staff: list }, position)).toEqual(['staff'])
    expect(compileList(list).network('192.0.2.0')).toBe(true)
    expect(compileList(list).network('192.0.3.0')).toBe(false)
  },
)
