import { expect, test } from 'vitest'
import { compileGlobs } from '../../collector/enrich/globs.ts'

test('the first group that matches gives its name', () => {
  const category = compileGlobs([
    { name: 'pricing', globs: ['/pricing/**', '/цени'] },
    { name: 'enterprise', globs: ['/pricing/enterprise', '/enterprise/*'] },
  ])
  expect(category('/Pricing/Enterprise/')).toBe('pricing')
  expect(category('/%D1%86%D0%B5%D0%BD%D0%B8')).toBe('pricing')
  expect(category('/enterprise/sso')).toBe('enterprise')
  expect(category('/enterprise/sso/saml')).toBeNull()
})

test('file and form globs match across slashes and dots', () => {
  const depth = compileGlobs([{ name: 'deep', globs: ['*guide*', '*.epub'] }], 'name')
  expect(depth('The-Guide.PDF')).toBe('deep')
  expect(depth('checklist.pdf')).toBeNull()
})

test('no groups, no name', () => {
  expect(compileGlobs([])('/pricing')).toBeNull()
})
