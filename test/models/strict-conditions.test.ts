import { expect, it } from 'vitest'
import { changed, problemsIn, type RefusedCase, refuses, SAMPLE, withEvent, withFit } from './sample.ts'

const CONDITIONS: readonly RefusedCase[] = [
  [
    'a slip in a trait',
    withFit('{ jobTitel: head }'),
    [
      '14:25 fit.rules[0].if.jobTitel: expected a trait, got "jobTitel". Did you mean "jobTitle"? A trait of your own needs a name that cannot be taken for it.',
    ],
  ],
  [
    'a trait in another case',
    withFit('{ jobtitle: head }'),
    [/^14:25 fit\.rules\[0\]\.if\.jobtitle: .*Did you mean "jobTitle"\?/],
  ],
  [
    'a seniority there is not',
    withFit('{ seniority: boss }'),
    [/^14:36 fit\.rules\[0\]\.if\.seniority: expected one of intern, junior, .*, owner, got "boss"\.$/],
  ],
  [
    'a function there is not',
    withFit('{ jobFunction: [marketing, slaes] }'),
    [/^14:50 fit\.rules\[0\]\.if\.jobFunction\[1\]: expected one of .*got "slaes"\. Did you mean "sales"\?$/],
  ],
  [
    'an e-mail kind there is not',
    withFit('{ email.kind: freemail }'),
    ['14:37 fit.rules[0].if.email.kind: expected one of company, free, disposable, got "freemail".'],
  ],
  [
    'a channel there is not',
    withEvent('{ channel: cpc }'),
    [/^10:52 engagement\.rules\[0\]\.if\.channel: expected one of direct, .*got "cpc"\.$/],
  ],
  [
    'a range of text',
    withFit('{ jobTitle: { from: 5 } }'),
    ['14:37 fit.rules[0].if.jobTitle.from: expected one of the keys glob, contains, known, not, got "from".'],
  ],
  [
    'words in a number',
    withFit('{ companySize: { contains: [50] } }'),
    [
      '14:40 fit.rules[0].if.companySize.contains: expected one of the keys from, to, known, not, got "contains".',
    ],
  ],
  [
    'a range the wrong way round',
    withFit('{ companySize: { from: 200, to: 50 } }'),
    [
      '14:46 fit.rules[0].if.companySize.from: expected a "from" of at most 50, its "to", got the number 200. Swap from and to.',
    ],
  ],
  [
    'an empty range',
    withFit('{ companySize: {} }'),
    ['14:38 fit.rules[0].if.companySize: expected a number, a list, { from, to } or { known }, got a map.'],
  ],
  [
    'an empty list',
    withFit('{ jobTitle: [] }'),
    ['14:35 fit.rules[0].if.jobTitle: expected a list of at least one value, got an empty list.'],
  ],
  [
    'an empty condition',
    withFit('{}'),
    ['14:23 fit.rules[0].if: expected a condition such as { key: value }, got an empty map.'],
  ],
  [
    'contains without a list',
    withFit('{ jobTitle: { contains: head } }'),
    [
      '14:47 fit.rules[0].if.jobTitle.contains: expected a list of texts, such as [student, intern], got "head".',
    ],
  ],
  [
    'an unknown form of value',
    withFit('{ jobTitle: { regex: x } }'),
    [
      '14:37 fit.rules[0].if.jobTitle.regex: expected one of the keys glob, contains, known, not, got "regex".',
    ],
  ],
  [
    'a list that is not defined',
    withFit('{ list: rivls }'),
    [
      '14:31 fit.rules[0].if.list: expected a list defined under lists (rivals), got "rivls". Did you mean "rivals"?',
    ],
  ],
  [
    'a slip in a category',
    withEvent('{ page.category: pricng }'),
    [
      '10:58 engagement.rules[0].if.page.category: expected a page category (pricing, or one of the defaults), got "pricng". Did you mean "pricing"?',
    ],
  ],
  [
    'an undefined depth',
    changed('on: page_view, if: { page.category: pricing }', 'on: download, if: { asset.depth: simple }'),
    [
      '10:55 engagement.rules[0].if.asset.depth: expected an asset depth defined under assets (deep), got "simple". Define it under assets, or mend the name.',
    ],
  ],
  [
    'an undefined kind within not',
    changed('form.kind: demo', 'form.kind: { not: trial }'),
    [
      '11:60 engagement.rules[1].if.form.kind.not: expected a form kind defined under forms (demo), got "trial". Define it under forms, or mend the name.',
    ],
  ],
  [
    'who the person is in an engagement rule',
    withEvent('{ jobTitle: head }'),
    [
      /^10:43 engagement\.rules\[0\]\.if\.jobTitle: .*Who the person is belongs to fit\.rules: "jobTitle" is about the person\.$/,
    ],
  ],
  [
    'what the person does in a fit rule',
    withFit('{ page.path: /pricing }'),
    [
      /^14:25 fit\.rules\[0\]\.if\.page\.path: .*What the person does belongs to engagement\.rules: "page\.path" is about an event\.$/,
    ],
  ],
  [
    'engaged in a fit rule',
    withFit('{ engaged: { from: 5s } }'),
    [/^14:25 .*What the person does belongs to engagement\.rules/],
  ],
  ['a score in a fit rule', withFit('{ grade: A }'), [/^14:25 .*"grade" belongs to mql\.when\.$/]],
  [
    'engaged without from',
    withEvent('{ engaged: 5s }'),
    [
      '10:52 engagement.rules[0].if.engaged: expected { from: 5s }: it only grows while a page is read, got "5s".',
    ],
  ],
  [
    'engaged with an end',
    withEvent('{ engaged: { from: 5s, to: 10s } }'),
    ['10:64 engagement.rules[0].if.engaged.to: expected one of the keys from, got "to".'],
  ],
  [
    'engaged in numbers',
    withEvent('{ engaged: { from: 5 } }'),
    [
      '10:60 engagement.rules[0].if.engaged.from: expected a duration such as 30s, 5m, 4h, 14d or 2w, got the number 5.',
    ],
  ],
  [
    'engaged under none',
    withEvent('{ none: [ { engaged: { from: 5s } } ] }'),
    [/^10:53 .*expected a key that can stand under none, got "engaged"\./],
  ],
  [
    'scroll beyond the page',
    withEvent('{ scroll: { from: 120 } }'),
    ['10:59 engagement.rules[0].if.scroll.from: expected a percentage such as 75, got the number 120.'],
  ],
  ['an unknown utm', withEvent('{ utm.sorce: x }'), [/^10:43 .*Did you mean "utm\.source"\?$/]],
]

refuses('conditions', CONDITIONS)

it('reports every mistake at once, in reading order', () => {
  const text = changed('name: Sample', 'nam: Sample')
    .replace('["/pricing/**"]', '5')
    .replace('form.kind: demo', 'form.kind: trial')
    .replace('jobTitle: head', 'jobTitel: head')
    .replace('from: 40', 'from: lots')
  expect(problemsIn(text).map(problem => problem.split(' ', 1)[0])).toEqual([
    '1:1',
    '2:1',
    '3:19',
    '11:53',
    '14:25',
    '16:31',
  ])
})

it('takes the sample itself, and custom traits that resemble nothing', () => {
  expect(problemsIn(SAMPLE)).toEqual([])
  expect(problemsIn(withFit('{ region: Balkans, age: { from: 18 }, "бранш": x, phase: 2 }'))).toEqual([])
})
