import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from '../../collector/networks/address.ts'
import { openCompanies } from '../../collector/networks/companies.ts'
import { rangeIndex } from '../../collector/networks/ranges.ts'
import { tempDir } from '../support/temp-dir.ts'

const open = (text: string) => {
  const path = join(tempDir(), 'ranges.csv')
  writeFileSync(path, text)
  const ownerAt = openCompanies(path)
  return (address: string) => ownerAt(readAddress(address)?.position ?? -1n)
}

function complaintOf(text: string): string {
  try {
    open(text)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('company networks', () => {
  it.each([
    ['cidr,domain,company', '203.0.113.0/28,www.acme.example,Acme'],
    ['Network;Company;Domain', '203.0.113.0/28;Acme;acme.example'],
    ['range,name,domain,country', '203.0.113.0–203.0.113.15,Acme,acme.example,BG'],
    ['range,name,domain', '203.0.113.0 - 203.0.113.15,Acme,ACME.example'],
    ['start\tend\tname\tdomain', '203.0.113.0\t203.0.113.15\tAcme\tacme.example'],
    ['\uFEFFcidr,domain,company', '"203.0.113.0/28","shop.acme.example","Acme"'],
  ])('read under %s', (header, row) => {
    const ownerOf = open(`${header}\r\n${row}\r\n`)
    const acme = { domain: 'acme.example', name: 'Acme' }
    expect(['203.0.113.0', '203.0.113.15'].map(ownerOf)).toEqual([acme, acme])
    expect(['203.0.112.255', '203.0.113.16', '::cb00:7101'].map(ownerOf)).toEqual([null, null, null])
  })

  it('hold single addresses, IPv6, and a domain or a name alone', () => {
    const ownerOf = open(
      'network,domain,name\n198.51.100.7,acme.example,\n2001:db8:1::/48,,Bolt Ltd\n::ffff:192.0.2.0/120,c.example,\n',
    )
    expect(ownerOf('198.51.100.7')).toEqual({ domain: 'acme.example', name: null })
    expect(ownerOf('198.51.100.8')).toBeNull()
    expect(ownerOf('2001:db8:1:ffff::1')).toEqual({ domain: null, name: 'Bolt Ltd' })
    expect(ownerOf('2001:db8:2::')).toBeNull()
    expect(ownerOf('192.0.2.200')).toEqual({ domain: 'c.example', name: null })
  })

  it('give what overlaps to the narrowest, whatever the order', () => {
    const rows = ['10.0.0.0/8,,Provider', '10.1.0.0/16,,Carrier', '10.1.2.0/24,,Customer']
    for (const lines of [rows, rows.toReversed()]) {
      const ownerOf = open(['cidr,domain,name', ...lines].join('\n'))
      const names = ['10.0.0.1', '10.1.0.1', '10.1.2.3', '10.1.3.1', '11.0.0.0'].map(
        address => ownerOf(address)?.name,
      )
      expect(names).toEqual(['Provider', 'Carrier', 'Customer', 'Carrier', undefined])
    }
  })

  it('never mix the families: everything of IPv6 is nothing of IPv4', () => {
    const ownerOf = open('cidr,name\n::/0,Six\n')
    expect(ownerOf('203.0.113.1')).toBeNull()
    expect(ownerOf('::1')?.name).toBe('Six')
  })
})

describe('a file that cannot be used', () => {
  it('says every mistake with its line and column', () => {
    const complaint = complaintOf(
      'cidr,domain,company\n203.0.113.0/33,acme.example,\n203.0.113.0/24,,\n198.51.100.0/24,not a domain,X\n10,a.example,\n',
    )
    expect(complaint).toContain(
      'line 2, column cidr: expected a network such as 203.0.113.0/28, or first–last, came "203.0.113.0/33".',
    )
    expect(complaint).toContain('line 3, column domain: expected a domain or a company, came "".')
    expect(complaint).toContain(
      'line 4, column domain: expected a domain such as acme.example, came "not a domain".',
    )
    expect(complaint).toContain(
      'line 5, column cidr: expected a network such as 203.0.113.0/28, or first–last, came "10".',
    )
  })

  it.each([
    [
      'start,end,name\n10.0.0.9,10.0.0.1,X\n',
      'column end: expected an address not before start ("10.0.0.9"), came "10.0.0.1"',
    ],
    ['start,end,name\n10.0.0.9,::1,X\n', 'column end'],
    ['domain,company\na.example,X\n', 'line 1, column 1: expected a header with cidr'],
    ['cidr,country\n10.0.0.0/8,BG\n', 'line 1, column 1: expected a header with cidr'],
    ['', 'came an empty file'],
    ['cidr,name\n"10.0.0.0/8,X\n', 'expected CSV'],
  ])('%j: %s', (text, words) => {
    expect(complaintOf(text)).toContain(words)
  })

  it('shows the first twenty and counts the rest', () => {
    const complaint = complaintOf(`cidr,name\n${'nonsense,X\n'.repeat(25)}`)
    expect(complaint.match(/line \d+/g)).toHaveLength(20)
    expect(complaint).toContain('… and 5 more.')
  })

  it('that is not there: says why', () => {
    expect(() => openCompanies('/nowhere/ranges.csv')).toThrow('ENOENT')
  })
})

it('a range index answers as looking at every range would', () => {
  const range = fc
    .tuple(fc.nat(60), fc.nat(60))
    .map(([a, b]) => ({ first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }))
  fc.assert(
    fc.property(fc.array(range, { maxLength: 25 }), drawn => {
      const ranges = drawn.map((one, owner) => ({ ...one, owner }))
      const ownerAt = rangeIndex(ranges)
      for (let position = -1n; position <= 61n; position++) {
        const holding = ranges.filter(({ first, last }) => first <= position && position <= last)
        const narrowest = holding.toSorted(
          (a, b) => Number(a.last - a.first - (b.last - b.first)) || b.owner - a.owner,
        )
        expect(ownerAt(position)).toBe(narrowest[0]?.owner ?? null)
      }
    }),
  )
})
