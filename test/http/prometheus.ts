/** Reads the text format of Prometheus 0.0.4 as strictly as its parser does, by its description alone. */

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly samples: readonly Sample[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (\\S+)$`)
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/i
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped']
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
}

interface Draft {
  readonly name: string
  readonly help: string
  type: string
  readonly samples: Sample[]
}

/** @throws Error with the first line that Prometheus would not read, or would read as something else */
export function parseMetrics(text: string): readonly Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const families: Draft[] = []
  for (const [nth, line] of text.slice(0, -1).split('\n').entries()) {
    const why = readLine(families, line)
    if (why !== null) throw new Error(`line ${nth + 1}, ${why}: ${line}`)
  }
  for (const family of families) checkFamily(family)
  return families
}

const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`)

/** @returns what is wrong with a line; null: nothing */
function readLine(families: Draft[], line: string): string | null {
  const [, kind, name = '', rest = ''] = COMMENT.exec(line) ?? []
  if (kind === 'HELP') return readHelp(families, name, rest)
  if (kind === 'TYPE') return readType(families.at(-1), name, rest)
  return readSample(families.at(-1), line)
}

function readHelp(families: Draft[], name: string, help: string): string | null {
  if (families.some(family => family.name === name)) return 'a second family of a name'
  if (help.replace(/\\[\\n]/g, '').includes('\\')) return 'an escape that is none'
  families.push({ name, help, type: '', samples: [] })
  return null
}

function readType(family: Draft | undefined, name: string, type: string): string | null {
  if (family?.name !== name || family.type !== '') return 'a type without its help before it'
  if (!TYPES.includes(type)) return 'an unknown type'
  family.type = type
  return null
}

function readSample(family: Draft | undefined, line: string): string | null {
  const sample = sampleIn(line)
  if (sample === null) return 'no sample'
  if (!family || family.type === '') return 'of no family'
  const names = (SUFFIXES[family.type] ?? ['']).map(suffix => family.name + suffix)
  if (!names.includes(sample.name)) return 'of another family'
  if (family.samples.some(one => keyOf(one) === keyOf(sample))) return 'a second time'
  family.samples.push(sample)
  return null
}

const keyOf = ({ name, labels }: Pick<Sample, 'name' | 'labels'>): string =>
  JSON.stringify([name, Object.entries(labels).sort()])

function sampleIn(line: string): Sample | null {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === undefined || !NUMBER.test(value)) return null
  const pairs = [...labels.matchAll(new RegExp(LABEL, 'g'))].map(([pair]) => {
    const [label = '', text = ''] = pair.split(/=(.*)/s)
    return [label, unescaped(text.slice(1, -1))] as const
  })
  const number = /inf$/i.test(value) ? Number(`${value.startsWith('-') ? '-' : ''}Infinity`) : Number(value)
  return { name, labels: Object.fromEntries(pairs), value: number }
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))

function checkFamily(family: Family): void {
  const { name, type, samples } = family
  if (type === '') throw new Error(`${name} has no type`)
  if (type === 'counter' && !name.endsWith('_total')) throw new Error(`${name} counts and does not say so`)
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0)))
    throw new Error(`${name} counts below zero`)
  if (type === 'histogram' && !isWhole(family)) throw new Error(`${name} is no whole histogram`)
}

function isWhole({ name, samples }: Family): boolean {
  const buckets = samples.filter(sample => sample.name === `${name}_bucket`)
  const ends = buckets.map(({ labels }) => (labels.le === '+Inf' ? Infinity : Number(labels.le)))
  const counts = buckets.map(({ value }) => value)
  return (
    ends.every((end, nth) => nth === 0 || end > (ends[nth - 1] ?? 0)) &&
    counts.every((count, nth) => nth === 0 || count >= (counts[nth - 1] ?? 0)) &&
    ends.at(-1) === Infinity &&
    counts.at(-1) === samples.find(sample => sample.name === `${name}_count`)?.value &&
    samples.some(sample => sample.name === `${name}_sum`)
  )
}

/** The value of a sample; undefined: there is none. */
export const sampleOf = (
  families: readonly Family[],
  name: string,
  labels: Sample['labels'] = {},
): number | undefined =>
  families.flatMap(({ samples }) => samples).find(sample => keyOf(sample) === keyOf({ name, labels }))?.value
