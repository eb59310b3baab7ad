import { changed, type RefusedCase, refuses, SAMPLE } from './sample.ts'

const KEYS: readonly RefusedCase[] = [
  [
    'an unknown key',
    `${SAMPLE}colour: red\n`,
    [/^17:1 colour: expected one of the keys goldpan, name, .*, got "colour"\.$/],
  ],
  [
    'a misspelled key',
    changed('name: Sample', 'nmae: Sample'),
    [/^1:1 name: expected the key "name", got none/, /^2:1 nmae: .*Did you mean "name"\?$/],
  ],
  [
    'a key twice',
    `${SAMPLE}name: Again\n`,
    ['17:1 name: expected each key once, got name again. It is also on line 2.'],
  ],
  [
    'a missing key deep down',
    changed(', points: 20', ''),
    ['14:7 fit.rules[0].points: expected the key "points", got none. "points" is required here.'],
  ],
  [
    'no policy',
    SAMPLE.split('mql:')[0] ?? '',
    ['1:1 mql: expected the key "mql", got none. "mql" is required here.'],
  ],
  [
    'another grammar version',
    changed('goldpan: 1', 'goldpan: 2'),
    ['1:10 goldpan: expected 1, the version of this grammar, got the number 2.'],
  ],
  [
    'a reserved word as a name',
    changed('{ rebranding', '{ constructor'),
    ['7:10 needs.constructor: expected a name of your own, got the reserved word constructor.'],
  ],
  [
    'a prototype as a key',
    `${SAMPLE}__proto__: { x: 1 }\n`,
    ['17:1 __proto__: expected a name of your own, got the reserved word __proto__.'],
  ],
  ['an empty file', '', ['1:1 expected a scoring model, got an empty file. See docs/model.md.']],
  [
    'a list instead of a model',
    '[]',
    ['1:1 expected a scoring model: a map with goldpan, name, mql and more, got an empty list.'],
  ],
  [
    'nothing where a map belongs',
    `${SAMPLE}sla:\n`,
    ['17:5 sla: expected accept, qualify, hours, holidays and target, got nothing.'],
  ],
]

const VALUES: readonly RefusedCase[] = [
  [
    'text for a number',
    changed('points: 20', 'points: ten'),
    ['14:51 fit.rules[0].points: expected a number of points, got "ten".'],
  ],
  [
    'infinity for a number',
    changed('points: 20', 'points: .inf'),
    ['14:51 fit.rules[0].points: expected a number of points, got the number Infinity.'],
  ],
  ['a number for text', changed('name: Sample', 'name: 5'), ['2:7 name: expected text, got the number 5.']],
  [
    'a text for a list',
    changed('["/pricing/**"]', '"/pricing/**"'),
    ['3:19 pages.pricing: expected a list of paths such as ["/pricing/**"], got "/pricing/**".'],
  ],
  [
    'a misspelled word of a closed list',
    `${SAMPLE}handoff: automatik\n`,
    ['17:10 handoff: expected one of automatic, manual, got "automatik". Did you mean "automatic"?'],
  ],
  [
    'a duration without a unit',
    `${SAMPLE}  dwell: 24\n`,
    ['17:10 mql.dwell: expected a duration such as 4h or 14d, or 0, got the number 24.'],
  ],
  [
    'a duration with a wrong unit',
    `${SAMPLE}recycle: { cooldown: { default: 30 days } }\n`,
    ['17:33 recycle.cooldown.default: expected a duration such as 4h or 14d, or 0, got "30 days".'],
  ],
  [
    'a half-life of nothing',
    changed('engagement:\n', 'engagement:\n  halfLife: 0d\n'),
    ['9:13 engagement.halfLife: expected a duration such as 30s, 5m, 4h, 14d or 2w, got "0d".'],
  ],
  [
    'an unknown time zone',
    `${SAMPLE}timezone: Europe/Sophia\n`,
    [
      '17:11 timezone: expected an IANA time zone such as Europe/Sofia, got "Europe/Sophia". Did you mean "Europe/Sofia"?',
    ],
  ],
  [
    'an offset for a time zone',
    `${SAMPLE}timezone: "+02:00"\n`,
    ['17:11 timezone: expected an IANA time zone such as Europe/Sofia, got "+02:00".'],
  ],
  [
    'an unknown currency',
    `${SAMPLE}currency: EUX\n`,
    ['17:11 currency: expected a currency of ISO 4217 such as EUR, got "EUX". Did you mean "EUR"?'],
  ],
  [
    'grades out of order',
    changed('fit:\n', 'fit:\n  grades: { A: 40 }\n'),
    ['13:16 fit.grades.A: expected the bound of A to be above that of B, 45, got the number 40.'],
  ],
  [
    'a share in per cent',
    `${SAMPLE}sla: { target: { acceptedShare: 50 } }\n`,
    ['17:33 sla.target.acceptedShare: expected a share from 0 to 1, such as 0.5, got the number 50.'],
  ],
  [
    'hours that make no sense',
    `${SAMPLE}sla: { hours: 9-17 }\n`,
    ['17:15 sla.hours: expected business hours such as "mon-fri 09:00-17:00", got "9-17".'],
  ],
  [
    'hours that end before they begin',
    `${SAMPLE}sla: { hours: "mon-fri 17:00-09:00" }\n`,
    ['17:15 sla.hours: expected hours that end after they begin, got "mon-fri 17:00-09:00".'],
  ],
  [
    'days that run backwards',
    `${SAMPLE}sla: { hours: "fri-mon 09:00-17:00" }\n`,
    ['17:15 sla.hours: expected days in the order of the week, from mon to sun, got "fri-mon 09:00-17:00".'],
  ],
  [
    'a day that does not exist',
    `${SAMPLE}sla: { holidays: [2026-02-30] }\n`,
    ['17:19 sla.holidays[0]: expected a day that exists, got "2026-02-30".'],
  ],
  [
    'a pattern of another language',
    changed('/pricing/**', '/pric[ie]ng'),
    [/^3:20 pages\.pricing\[0\]: expected a path such as .*got "\/pric\[ie\]ng"\.$/],
  ],
  [
    'a regular expression',
    changed('*guide*', '^guide.*$'),
    [/^4:18 assets\.deep\[0\]: expected a pattern such as /],
  ],
  [
    'a whole address for a path',
    changed('/pricing/**', 'https://x.example/pricing'),
    [/^3:20 pages\.pricing\[0\]: expected a path such as /],
  ],
  [
    'three stars',
    changed('/pricing/**', '/pricing/***'),
    [/^3:20 pages\.pricing\[0\]: expected a path such as /],
  ],
  [
    'a domain that is none',
    changed('rival.example', 'rival'),
    ['6:30 lists.rivals.domains[0]: expected a domain such as rival.example, got "rival".'],
  ],
  [
    'a network that is none',
    changed('domains: [rival.example]', 'ip: [203.0.113]'),
    [
      '6:25 lists.rivals.ip[0]: expected an address or network such as 203.0.113.7 or 203.0.113.0/24, got "203.0.113".',
    ],
  ],
  [
    'a list file elsewhere',
    changed('domains: [rival.example]', 'file: ../passwd'),
    [/^6:26 lists\.rivals\.file: expected the name of a CSV file in the folder of the model/],
  ],
  [
    'a list file that is not there',
    changed('domains: [rival.example]', 'file: rivals.csv'),
    [
      '6:26 lists.rivals.file: expected the name of a CSV file beside the model, got "rivals.csv". There is no such file.',
    ],
  ],
]

refuses('keys', KEYS)
refuses('values', VALUES)
