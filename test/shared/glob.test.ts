import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalPath, decodePercent, globTest, nameGlob, pathGlob } from '../../shared/glob.ts'

test.each([
  ['/pricing/**', '/pricing', true],
  ['/pricing/**', '/pricing/', true],
  ['/pricing/**', '/pricing/eu/teams', true],
  ['/pricing/**', '/pricing-old', false],
  ['/pricing', '/PRICING/', true],
  ['/pricing/', '/pricing', true],
  ['/pricing', '/pricing/eu', false],
  ['/blog/*', '/blog/post', true],
  ['/blog/*', '/blog/2026/post', false],
  ['/blog/*', '/blog', false],
  ['/blog/*/comments', '/blog/post/comments', true],
  ['/blog/*/comments', '/blog/a/b/comments', false],
  ['/**/pricing', '/pricing', true],
  ['/**/pricing', '/bg/pricing', true],
  ['/**/pricing', '/bg/our-pricing', false],
  ['**/pricing', '/a/b/pricing', true],
  ['/docs/**/api', '/docs/api', true],
  ['/docs/**/api', '/docs/v1/rest/api', true],
  ['/docs/**/**/api', '/docs/api', true],
  ['/blog**', '/blogger/x', true],
  ['/**', '/', true],
  ['/', '/', true],
  ['/', '/x', false],
  ['/цени/**', '/%D1%86%D0%B5%D0%BD%D0%B8/', true],
  ['/%D1%86%D0%B5%D0%BD%D0%B8', '/Цени', true],
  ['pricing/*', '/pricing/eu', true],
  ['/a*b*c', '/aXbYc', true],
  ['/a*b*c', '/aXb/c', false],
  ['', '/', true],
  ['', '/x', false],
])('path glob %s on %s: %s', (glob, path, expected) => {
  expect(pathGlob(glob)(canonicalPath(path))).toBe(expected)
})

test.each([
  ['*guide*', '10-strategies-guide.pdf', true],
  ['*guide*', '10-Strategies-GUIDE.pdf', true],
  ['*.epub', 'book.epub', true],
  ['*.epub', 'book.epub.pdf', false],
  ['newsletter*', 'newsletter', true],
  ['newsletter', 'newsletter-footer', false],
  ['*наръчник*', '%D0%BD%D0%B0%D1%80%D1%8A%D1%87%D0%BD%D0%B8%D0%BA.pdf', true],
  ['a*a', 'a', false],
  ['*', '', true],
])('name glob %s on %s: %s', (glob, name, expected) => {
  expect(globTest(glob)(name)).toBe(expected)
})

test('broken percent-encoding is left as it is', () => {
  expect(decodePercent('/100%/%E0%A4%A/%41')).toBe('/100%/%E0%A4%A/A')
})

/** The definition, without regard to time: what a regular expression would say. */
const reference = (glob: string, path: string): boolean => {
  const source = glob.replace(/\/\*\*(?=\/|$)|\*\*|\*/g, wildcard =>
    wildcard === '*' ? '[^/]*' : wildcard === '**' ? '.*' : '(?:/.*)?',
  )
  return new RegExp(`^${source}$`, 's').test(path)
}

test('path globs mean what their definition says', () => {
  const piece = fc.constantFrom('a', 'b', '/', '*', '**', '/**')
  const glob = fc.array(piece, { maxLength: 7 }).map(pieces => canonicalPath(`/${pieces.join('')}`))
  const path = fc
    .array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 })
    .map(letters => canonicalPath(`/${letters.join('')}`))
  fc.assert(
    fc.property(
      glob.filter(text => !/\*{3,}/.test(text)),
      path,
      (text, on) => {
        expect(pathGlob(text)(on)).toBe(reference(text, on))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('name globs mean what their definition says', () => {
  const glob = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 }).map(pieces => pieces.join(''))
  const name = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map(letters => letters.join(''))
  fc.assert(
    fc.property(glob, name, (text, on) => {
      expect(nameGlob(text)(on)).toBe(new RegExp(`^${text.replace(/\*+/g, '.*')}$`, 's').test(on))
    }),
    { numRuns: 3_000 },
  )
})

test.each(['*a', '/**', '**/', '/*', 'a', '*', '/**/a*', 'a/**/b', '***a', '%2A'])(
  'a megabyte of %s is refused unread',
  piece => {
    const glob = piece.repeat(1_000_000)
    expect(pathGlob(glob)('/a/b')).toBe(false)
    expect(nameGlob(glob)('/a/b')).toBe(false)
  },
)

test('as many wildcards as fit into a glob are answered without backtracking', () => {
  const path = `/${'a'.repeat(1_000)}`
  expect(pathGlob(`/${'*a'.repeat(500)}`)(path)).toBe(true)
  expect(pathGlob(`/${'*a'.repeat(500)}b`)(path)).toBe(false)
  expect(nameGlob(`${'*a'.repeat(500)}b`)(path)).toBe(false)
})
