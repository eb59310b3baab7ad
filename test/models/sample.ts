import { describe, expect, it } from 'vitest'
import { type ParsedModel, parseModel, type ReadFile } from '../../collector/models/parse.ts'

/** The smallest file that says something; lines are counted on in tests. */
export const SAMPLE = `goldpan: 1
name: Sample
pages: { pricing: ["/pricing/**"] }
assets: { deep: ["*guide*"] }
forms: { demo: ["*demo*"] }
lists: { rivals: { domains: [rival.example] } }
needs: { rebranding: { words: [rebrand] } }
engagement:
  rules:
    - { id: pricing, on: page_view, if: { page.category: pricing }, points: 10 }
    - { id: demo, on: form_submit, if: { form.kind: demo }, points: 50, sets: [hot] }
fit:
  rules:
    - { id: head, if: { jobTitle: head }, points: 20 }
mql:
  when: { engagement: { from: 40 } }
`

const noFiles: ReadFile = () => null

export const parse = (text: string, readFile: ReadFile = noFiles): ParsedModel => parseModel(text, readFile)

/** The parsed model of a text that must be sound. */
export function modelIn(text: string, readFile: ReadFile = noFiles) {
  const parsed = parse(text, readFile)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
  return parsed.model
}

/** `line:column message` of every problem; empty for a sound text. */
export function problemsIn(text: string, readFile: ReadFile = noFiles): readonly string[] {
  const parsed = parse(text, readFile)
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

/** The sample with one thing changed. */
export function changed(from: string, to: string): string {
  if (!SAMPLE.includes(from)) throw new Error(`The sample has no ${from}`)
  return SAMPLE.replace(from, to)
}

/** The sample with a piece in the place of the fit rule's condition, the pricing rule's, or the policy's. */
export const withFit = (condition: string) => changed('{ jobTitle: head }', condition)
export const withEvent = (condition: string) => changed('{ page.category: pricing }', condition)
export const withPolicy = (condition: string) => changed('{ engagement: { from: 40 } }', condition)

/** The sample with a gate of this condition. */
export const withGate = (condition: string) => `${SAMPLE}disqualify:\n  - { id: gate, if: ${condition} }\n`

/** [what is wrong, the file, every problem that must be reported, in order: nothing less, nothing more] */
export type RefusedCase = readonly [name: string, text: string, problems: readonly (string | RegExp)[]]

export function refuses(what: string, cases: readonly RefusedCase[]): void {
  describe(`refuses, of ${what},`, () => {
    it.each(cases)('%s', (_name, text, expected) => {
      const problems = problemsIn(text)
      expect(problems).toHaveLength(expected.length)
      expected.forEach((words, index) => {
        if (typeof words === 'string') expect(problems[index]).toBe(words)
        else expect(problems[index]).toMatch(words)
      })
    })
  })
}
