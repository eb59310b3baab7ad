import ipaddr from 'ipaddr.js'
import { expect, it } from 'vitest'
import { clientIp } from '../../collector/http/client-ip.ts'

const TRUSTED = ['10.0.0.0/8', '2001:db8::/32'].map(cidr => ipaddr.parseCIDR(cidr))

type Case = readonly [
  name: string,
  remote: string | undefined,
  forwarded: string | undefined,
  trusted: typeof TRUSTED,
  expected: string | null,
]

const CASES: readonly Case[] = [
  ['no proxy is trusted by default', '203.0.113.9', '198.51.100.7', [], '203.0.113.9'],
  ['a stranger’s word is not taken', '203.0.113.9', '198.51.100.7', TRUSTED, '203.0.113.9'],
  ['a trusted proxy names the client', '10.0.0.1', '198.51.100.7', TRUSTED, '198.51.100.7'],
  ['what the client wrote himself is not read', '10.0.0.1', '1.2.3.4, 198.51.100.7', TRUSTED, '198.51.100.7'],
  [
    'a chain of trusted proxies is followed',
    '10.0.0.1',
    '1.2.3.4, 198.51.100.7, 10.9.9.9',
    TRUSTED,
    '198.51.100.7',
  ],
  ['mapped addresses are the addresses they map', '::ffff:10.0.0.1', '198.51.100.7', TRUSTED, '198.51.100.7'],
  ['IPv6 proxies, too', '2001:db8::1', '2001:4860::8', TRUSTED, '2001:4860::8'],
  ['nonsense ends the chain', '10.0.0.1', '1.2.3.4, unknown', TRUSTED, '10.0.0.1'],
  ['a port is passed over', '10.0.0.1', '198.51.100.7:4711', TRUSTED, '198.51.100.7'],
  ['… of IPv6, too', '10.0.0.1', '[2001:4860::8]:4711', TRUSTED, '2001:4860::8'],
  ['… or its brackets alone', '10.0.0.1', '[2001:4860::8]', TRUSTED, '2001:4860::8'],
  [
    '… of proxies in between',
    '10.0.0.1',
    '198.51.100.7:1, 10.9.9.9:80, [2001:db8::2]:9',
    TRUSTED,
    '198.51.100.7',
  ],
  [
    'an IPv6 address without brackets has no port',
    '10.0.0.1',
    '2001:4860::8:4711',
    TRUSTED,
    '2001:4860::8:4711',
  ],
  ...[
    '198.51.100.7:',
    '198.51.100.7:471100',
    '198.51.100.7:x',
    '198.51.100.7:1:2',
    '[198.51.100.7]:4711',
    '[2001:4860::8',
    '[2001:4860::8]4711',
    '[]:4711',
    '4711',
    '0x7f.1',
    '198.51.100',
    '198.51.100.256',
    '"198.51.100.7"',
    'unknown',
    '',
  ].map((text): Case => [`${JSON.stringify(text)} is no address`, '10.0.0.1', text, TRUSTED, '10.0.0.1']),
  ['a proxy that names nobody is the client', '10.0.0.1', undefined, TRUSTED, '10.0.0.1'],
  ['proxies all the way', '10.0.0.1', '10.0.0.2', TRUSTED, '10.0.0.2'],
  ['a socket that is gone', undefined, '198.51.100.7', TRUSTED, null],
]

it.each(CASES)('%s', (_, remote, forwarded, trusted, expected) => {
  expect(clientIp(remote, forwarded, trusted)).toBe(expected)
})
