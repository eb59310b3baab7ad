import type { ModelProblem } from '../models/problems.ts'

/** A text and the name people know it by. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** Long lines are cut around the spot. */
const SHOWN_CHARS = 100

/**
 * A problem as people read it: where, what was expected, what came, how to mend it, and the line with a caret under the
 * spot. A problem in a list file is told without its line.
 */
export function problemLines(problem: ModelProblem, source: Source): readonly string[] {
  const head = `${problem.file ?? source.name}:${problem.line}:${problem.column}  ${printable(problem.message)}`
  return problem.file === null ? [head, ...excerpt(problem, source.text)] : [head]
}

function excerpt({ line, column }: ModelProblem, text: string): readonly string[] {
  const whole = text.split('\n')[line - 1] ?? ''
  if (whole.trim() === '') return []
  const start = Math.max(0, column - 1 - SHOWN_CHARS / 2)
  const gutter = `${line} | `.padStart(8)
  const caret = `${' '.repeat(gutter.length + column - 1 - start)}^`
  return [gutter + printable(whole.slice(start, start + SHOWN_CHARS)), caret]
}

/** A model may come from anywhere: control characters must not reach the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ')
