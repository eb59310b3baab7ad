import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TRAIT_STRENGTHS, type TraitClaim } from '../../collector/contracts/evidence.ts'
import { profileOf } from '../../collector/enrich/profile.ts'

const claim = (name: string, value: string, source: TraitClaim['source'] = 'form'): TraitClaim => ({
  name,
  value,
  source,
  strength: source === 'network' ? 'derived' : 'asserted',
  at: 1,
})

const country = (...claims: readonly TraitClaim[]) => {
  const held = profileOf(claims).traits.country
  return held && [held.value, held.source, held.strength]
}

test('a country that was given counts, then the phone’s, the network’s, the mailbox’s, the website’s', () => {
  const given = claim('country', 'Poland')
  const phone = claim('phone', '+359881234567')
  const network = claim('country', 'RO', 'network')
  const email = claim('email', 'ada@acme.de')
  const website = claim('website', 'https://www.acme.co.uk/about?x=a.fr')
  expect(country(website, email, network, phone, given)).toEqual(['PL', 'form', 'asserted'])
  expect(country(website, email, network, phone)).toEqual(['BG', 'phone', 'derived'])
  expect(country(website, email, network)).toEqual(['RO', 'network', 'derived'])
  expect(country(website, email)).toEqual(['DE', 'tld', 'derived'])
  expect(country(website)).toEqual(['GB', 'tld', 'derived'])
})

test('what names no country derives none', () => {
  expect(country(claim('email', 'ada@acme.io'), claim('phone', '0888123456'))).toBeUndefined()
  expect(country(claim('email', 'ada@yopmail.fr'))).toBeUndefined()
})

/** Claims as a person's history holds them: each at an instant of its own. */
const histories = fc
  .array(
    fc.record({
      name: fc.constantFrom('company', 'country', 'companySize'),
      value: fc.constantFrom('Acme', 'Bulgaria', '50-200', 'x'),
      strength: fc.constantFrom(...TRAIT_STRENGTHS),
    }),
    { maxLength: 12 },
  )
  .map(claims => claims.map((said, at): TraitClaim => ({ ...said, source: 'form', at })))

test('a weaker claim never overwrites a stronger one, and of equals the latest counts', () => {
  fc.assert(
    fc.property(histories, claims => {
      const { traits } = profileOf(claims)
      for (const name of new Set(claims.map(said => said.name))) {
        const rivals = claims.filter(said => said.name === name)
        const strongest = Math.max(...rivals.map(said => TRAIT_STRENGTHS.indexOf(said.strength)))
        const winner = rivals.findLast(said => TRAIT_STRENGTHS.indexOf(said.strength) === strongest)
        expect(traits[name]).toMatchObject({ strength: winner?.strength, at: winner?.at })
      }
    }),
  )
})

test('in which order claims arrived does not matter', () => {
  fc.assert(
    fc.property(
      histories.chain(claims =>
        fc.tuple(
          fc.constant(claims),
          fc.shuffledSubarray([...claims], { minLength: claims.length, maxLength: claims.length }),
        ),
      ),
      ([claims, arrived]) => {
        expect(profileOf(arrived)).toEqual(profileOf(claims))
      },
    ),
  )
})
