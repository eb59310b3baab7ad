import { expect, test } from 'vitest'
import { globs } from '../../snippet/config.ts'

test.each([
  ['/admin/*', '/admin/users', true],
  ['/admin/*', '/admin/', true],
  ['/admin/*', '/admin', false],
  ['/admin/*', '/en/admin/x', false],
  ['*/print', '/a/b/print', true],
  ['/a, /b', '/b', true],
  ['/a, /b', '/a/b', false],
  ['/a b/c++', '/b/c++', false],
  ['/c++/*', '/c++/x', true],
  ['/a.b', '/aXb', false],
  ['', '/', false],
])('%j on %j: %s', (list, path, excluded) => {
  expect(globs(list).test(path)).toBe(excluded)
})
