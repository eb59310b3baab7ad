import { changed, type RefusedCase, refuses, SAMPLE, withFit } from './sample.ts'

const YAML: readonly RefusedCase[] = [
  [
    'a tab',
    `${SAMPLE}\tx: 1\n`,
    ['17:1 expected YAML, got a syntax error. Tabs are not allowed as indentation.'],
  ],
  [
    'an anchor and its alias',
    `${SAMPLE}disqualify: &a []\ntests: *a\n`,
    [
      '17:16 disqualify: expected a plain value, got the anchor &a. Anchors are not part of this file.',
      '18:8 tests: expected a value, got the alias *a. Write the value out.',
    ],
  ],
  [
    'a merge key',
    `${SAMPLE}<<: { name: x }\n`,
    ['17:1 <<: expected a key, got the merge key <<. Write the values out.'],
  ],
  [
    'a tag',
    changed('name: Sample', 'name: !!str Sample'),
    [
      '2:13 name: expected a plain value, got the tag tag:yaml.org,2002:str. Tags are not part of this file; quote text.',
    ],
  ],
  [
    'a directive after a comment',
    `# hello\n%YAML 1.1\n---\n${SAMPLE}`,
    ['2:1 expected no YAML directives, got a line that starts with %.'],
  ],
  [
    'a directive',
    `%YAML 1.1\n---\n${SAMPLE}`,
    ['1:1 expected no YAML directives, got a line that starts with %.'],
  ],
  [
    'a second document',
    `${SAMPLE}---\nname: x\n`,
    ['17:1 expected one document, got another one. Remove the line `---`.'],
  ],
  [
    'a megabyte',
    `${SAMPLE}# ${'x'.repeat(1_000_000)}\n`,
    [/^1:1 expected a file of at most 1000000 bytes, got 1000\d+ bytes\.$/],
  ],
  [
    'depth',
    withFit('{ any: ['.repeat(30) + '] }'.repeat(30)),
    [/expected at most 20 levels of nesting, got more\.$/],
  ],
]

const TESTS: readonly RefusedCase[] = [
  [
    'the future',
    testing('at: 1d, type: page_view'),
    [
      /^17:37 tests\[0\]\.events\[0\]\.at: expected a time before the end of the test, such as -20d or 0s, got "1d"\.$/,
    ],
  ],
  [
    'an unknown stage',
    `${SAMPLE}tests: [ { name: a, events: [ { at: 0s, type: page_view } ], expect: { stage: MQL } } ]\n`,
    [/got "MQL"\. Did you mean "mql"\?$/],
  ],
  [
    'an unknown reason',
    `${SAMPLE}tests: [ { name: a, events: [ { at: 0s, type: page_view } ], expect: { stage: lead, because: [demmo] } } ]\n`,
    [
      /because\[0\]: expected a rule defined under fit\.rules or engagement\.rules \(head, pricing, demo\), got "demmo"\. Did you mean "demo"\?$/,
    ],
  ],
  [
    'a download of nothing',
    testing('at: 0s, type: download'),
    [/tests\[0\]\.events\[0\]: expected "file" of a download, got none/],
  ],
  [
    'a key its event ignores',
    testing('at: 0s, type: identify, engaged: 5s'),
    [/expected "engaged" on page_view only, got "engaged" on "identify"\.$/],
  ],
  [
    'a report as an event',
    testing('at: 0s, type: engagement'),
    [/expected an event a test can tell, got "engagement"\. Write "engaged" on the page_view itself\.$/],
  ],
  [
    'a slip in a trait',
    testing('at: 0s, type: identify, traits: { e-mail: x }'),
    [/traits\.e-mail: expected a trait, got "e-mail"\. Did you mean "email"\?/],
  ],
]

refuses('YAML', YAML)
refuses('tests', TESTS)

function testing(event: string): string {
  return `${SAMPLE}tests: [ { name: a, events: [ { ${event} } ], expect: { stage: lead } } ]\n`
}
