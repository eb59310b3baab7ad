import ipaddr from 'ipaddr.js'
import { expect, it } from 'vitest'
import { clientIp } from '../../collector/http/client-ip.ts'

const TRUSTED = ['10.0.0.0/8', '2001:db8::/32'].map(cidr => ipaddr.parseCIDR(cidr))

it.each([
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
  ['a proxy that names nobody is the client', '10.0.0.1', undefined, TRUSTED, '10.0.0.1'],
  ['proxies all the way', '10.0.0.1', '10.0.0.2', TRUSTED, '10.0.0.2'],
  ['a socket that is gone', undefined, '198.51.100.7', TRUSTED, null],
])('%s', (_, remote, forwarded, trusted, expected) => {
  expect(clientIp(remote, forwarded, trusted)).toBe(expected)
})
