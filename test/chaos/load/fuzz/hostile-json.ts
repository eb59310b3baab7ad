import { LIMITS } from '../../../../shared/limits.ts'
import type { Random } from '../../../support/random.ts'

/** What a program that counts, trims, looks up or prints may stumble over, as it stands in JSON, or nearly. */
type Texts = readonly [string, ...string[]]

const NUMBERS: Texts = [
  ...([
    'NaN',
    'nan',
    'Infinity',
    '-Infinity',
    '1e999',
    '-1e999',
    '0x10',
    '01',
    '.5',
    '1.',
    '+1',
    '1e',
    '-',
  ] as const),
  ...['0', '-0', '-1', '0.1', '1e-400', '9007199254740993', '123456789012345678901234567890', '1e308'],
  ...[
    '8.64e15',
    '8640000000000001',
    '-8640000000000001',
    '1.7976931348623157e308',
    '2147483648',
    '4294967296',
  ],
]

const WORDS: Texts = [
  'null',
  'true',
  'false',
  'undefined',
  'None',
  'TRUE',
  '""',
  '[]',
  '{}',
  "'a'",
  '',
  '//a',
  '/**/1',
]

const STRINGS: Texts = [
  ...(['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00 back to front"', '"\\uD83D\\uD83D"'] as const),
  ...[
    '"\\ufeff\\u202eesrever"',
    '"\\u2028\\n\\revent: y\\n\\n"',
    '"\\u00"',
    '"\\x41"',
    '"\u0007"',
    '"\t"',
    '"',
  ],
  ...[
    '"NaN"',
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"[1,2]"',
    '"[[[["',
    '"{\\"a\\":1}"',
    '"1970-01-01"',
  ],
  ...[
    '"a@b"',
    '"@"',
    '"a@@b.example"',
    '"<script>@a.example"',
    '"\\"@a.example"',
    '"a@xn--e1afmkfd.example"',
  ],
  ...[
    '"http://[::1"',
    '"javascript:alert(1)"',
    '"https://a.example/%"',
    '"https://a.example/%00%ff?%=%&&=#%"',
  ],
  ...[
    '"data:,"',
    '"//"',
    '"file:///etc/passwd"',
    '"https://user:pass@a.example:99999/"',
    '"https://\\ud800.example"',
  ],
  ...[
    '"\'; DROP TABLE events; --"',
    '"$.person"',
    '"%s%n"',
    '"=cmd|a"',
    '"*/**/%_"',
    '"e\\u0301 \\u1e9e \\u0130"',
  ],
]

const OBJECTS: Texts = [
  ...(['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}'] as const),
  ...[
    '{"toJSON":1}',
    '{"length":-1}',
    '{"then":1}',
    '{"a":1,"a":2}',
    '{"":{"":{"":0}}}',
    '{"a":1,}',
    '{a:1}',
  ],
  ...['[,]', '[1,]', '[[],[[]]]', '[null]', '{"valueOf":"a","toString":"b"}', '[{"name":null,"value":[]}]'],
]

export const KEYS: Texts = [
  ...([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'toJSON',
    'then',
    '',
    '\0',
  ] as const),
  ...['\ud800', ' id', 'ID', 'é', 'a.b', '0', '-1', 'length', 'k'.repeat(LIMITS.nameChars + 1)],
]

/** One of them, or something too large; most are short, for a million are sent. */
export function hostileText(random: Random): string {
  const sort = random.next()
  if (sort < 0.25) return random.pick(NUMBERS)
  if (sort < 0.4) return random.pick(WORDS)
  if (sort < 0.7) return random.pick(STRINGS)
  if (sort < 0.85) return random.pick(OBJECTS)
  if (sort < 0.93) return deep(random.whole(LIMITS.depth - 1, 40), random)
  return large(random)
}

const deep = (levels: number, random: Random): string =>
  random.chance(0.5)
    ? '['.repeat(levels) + ']'.repeat(levels)
    : `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** Around each limit of the wire, and now and then far beyond. */
function large(random: Random): string {
  const sort = random.whole(0, 40)
  if (sort === 0) return deep(20_000, random)
  if (sort === 1) return JSON.stringify('x'.repeat(LIMITS.eventBytes + random.whole(-400, 400)))
  if (sort === 2) return `[${'1,'.repeat(20_000)}1]`
  if (sort === 3) return '9'.repeat(10_000)
  if (sort < 15) return wide(LIMITS.keys + random.whole(-1, 2))
  const letter = random.pick(['x', 'я', '😀', '"', '\\', '\u0001'])
  const limit = random.pick([
    LIMITS.stringChars,
    LIMITS.stringChars,
    LIMITS.nameChars,
    LIMITS.fieldValueChars,
  ])
  return JSON.stringify(letter.repeat(Math.max(0, limit + random.whole(-2, 2))))
}

const wide = (keys: number): string =>
  `{${Array.from({ length: keys }, (_, nth) => `"k${nth}":${nth}`).join(',')}}`
