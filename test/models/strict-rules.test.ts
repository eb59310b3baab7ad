import { changed, type RefusedCase, refuses, SAMPLE, withEvent, withGate, withPolicy } from './sample.ts'

const RULES: readonly RefusedCase[] = [
  [
    'an id twice',
    changed('id: head', 'id: demo'),
    ['11:13 engagement.rules[1].id: expected an id of its own, got "demo" again. It is also on line 14.'],
  ],
  [
    'a cap of the other sign',
    changed('points: 10 }', 'points: 10, cap: { points: -30 } }'),
    [
      '10:96 engagement.rules[0].cap.points: expected a cap above zero, got the number -30. A cap limits points of its own sign: points are 10.',
    ],
  ],
  [
    'a cap above zero on a negative rule',
    changed('points: 10 }', 'points: -10, cap: { points: 20 } }'),
    [
      '10:97 engagement.rules[0].cap.points: expected a cap below zero, got the number 20. A cap limits points of its own sign: points are -10.',
    ],
  ],
  [
    'a cap per week',
    changed('points: 10 }', 'points: 10, cap: { points: 30, per: week } }'),
    ['10:105 engagement.rules[0].cap.per: expected one of day, lifetime, got "week".'],
  ],
  [
    'atLeast without within',
    changed('points: 10 }', 'points: 10, atLeast: 3 }'),
    [
      '10:81 engagement.rules[0].atLeast: expected "within" beside "atLeast", got "atLeast" alone. Add "within".',
    ],
  ],
  [
    'within without atLeast',
    changed('points: 10 }', 'points: 10, within: 14d }'),
    [
      '10:81 engagement.rules[0].within: expected "atLeast" beside "within", got "within" alone. Add "atLeast".',
    ],
  ],
  [
    'per without atLeast',
    changed('points: 10 }', 'points: 10, per: session }'),
    ['10:81 engagement.rules[0].per: expected "atLeast" beside "per", got "per" alone. Add "atLeast".'],
  ],
  [
    'again without atLeast',
    changed('points: 10 }', 'points: 10, again: never }'),
    ['10:81 engagement.rules[0].again: expected "atLeast" beside "again", got "again" alone. Add "atLeast".'],
  ],
  [
    'part of an event',
    changed('points: 10 }', 'points: 10, atLeast: 2.5, within: 1d }'),
    ['10:90 engagement.rules[0].atLeast: expected a whole number such as 3, got the number 2.5.'],
  ],
  [
    'a misspelled event',
    changed('on: page_view', 'on: pageView'),
    [
      '10:26 engagement.rules[0].on: expected an event type, got "pageView". Did you mean "page_view"? An event of your own needs a name that cannot be taken for it.',
    ],
  ],
  [
    'a decision of people as an event',
    changed('on: page_view, if: { page.category: pricing }', 'on: decision'),
    [
      '10:26 engagement.rules[0].on: expected something a visitor does, got "decision". Decisions earn no points.',
    ],
  ],
  [
    'a condition its event can never meet',
    withEvent('{ asset.depth: deep }'),
    [
      '10:43 engagement.rules[0].if.asset.depth: expected a rule on download to ask for "asset.depth", got "page_view".',
    ],
  ],
]

const POLICY: readonly RefusedCase[] = [
  [
    'a bare score',
    withPolicy('{ engagement: 40 }'),
    ['16:23 mql.when.engagement: expected a range such as { from: 40 }, got the number 40.'],
  ],
  [
    'a rule that is not defined',
    withPolicy('{ rule: [demo, dmeo] }'),
    [
      '16:24 mql.when.rule[1]: expected a rule defined under engagement.rules (pricing, demo), got "dmeo". Did you mean "demo"?',
    ],
  ],
  [
    'a fit rule as a deed',
    withPolicy('{ rule: head }'),
    [
      '16:17 mql.when.rule: expected a rule defined under engagement.rules (pricing, demo), got "head". Define it under engagement.rules, or mend the name.',
    ],
  ],
  [
    'a flag that nothing sets',
    withPolicy('{ flag: hott }'),
    [
      '16:17 mql.when.flag: expected a flag defined under the "sets" of a rule (hot), got "hott". Did you mean "hot"?',
    ],
  ],
  [
    'a need that is not defined',
    withPolicy('{ need: branding }'),
    [/^16:17 mql\.when\.need: expected a need defined under needs \(rebranding\), got "branding"/],
  ],
  [
    'a grade there is not',
    withPolicy('{ grade: E }'),
    ['16:18 mql.when.grade: expected one of A, B, C, D, got "E".'],
  ],
  [
    'a slip in a score',
    withPolicy('{ engagment: { from: 40 } }'),
    [/^16:11 mql\.when\.engagment: .*Did you mean "engagement"\?/],
  ],
  [
    'a slip in what must be known',
    withPolicy('{ known: [emial] }'),
    [/^16:19 mql\.when\.known\[0\]: .*Did you mean "email"\?/],
  ],
  [
    'a fast track by an unknown rule',
    `${SAMPLE}  fastTrack: { rule: trial }\n`,
    [/^17:22 mql\.fastTrack\.rule: expected a rule defined under engagement\.rules/],
  ],
  [
    'an exit above the entry',
    `${SAMPLE}  exit: { engagement: 50 }\n`,
    [
      '17:23 mql.exit.engagement: expected an exit of at most 40, the engagement that mql.when asks for, got the number 50.',
    ],
  ],
]

const GATES: readonly RefusedCase[] = [
  [
    'a flag that does not hold',
    withGate('{ flag: { not: hot } }'),
    [
      '18:29 disqualify[0].if.flag: expected a flag that holds, or a list of them (never { not }: time would close the gate; ask in mql.when), got a map.',
    ],
  ],
  [
    'the same under none',
    withGate('{ none: [ { flag: hot } ] }'),
    [
      /^18:33 disqualify\[0\]\.if\.none\[0\]\.flag: expected one of .*, got "flag"\. A gate asks for flags that hold, never for one that does not: time would close it\. Ask for the flag in mql\.when\.$/,
    ],
  ],
  [
    'the same however deep under none, twice under it as well',
    withGate(
      '{ any: [ { none: [ { all: [ { flag: hot } ] } ] }, { none: [ { none: [ { flag: hot } ] } ] } ] }',
    ),
    [/\.any\[0\]\.none\[0\]\.all\[0\]\.flag: /, /\.any\[1\]\.none\[0\]\.none\[0\]\.flag: /],
  ],
  [
    'a flag that nothing sets',
    withGate('{ all: [ { flag: [hot, hott] } ] }'),
    [/^18:44 .*expected a flag defined under the "sets" of a rule \(hot\), got "hott"/],
  ],
  ['a score', withGate('{ none: [ { grade: D } ] }'), [/^18:33 .*"grade" belongs to mql\.when\.$/]],
]

refuses('rules', RULES)
refuses('gates', GATES)
refuses('the policy', POLICY)
