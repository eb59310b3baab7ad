import type { Closer } from './closers.ts'
import type { Findings } from './findings.ts'
import type { MissingShape } from './lead-shape.ts'
import { conditionOf, type Missing } from './missing.ts'
import { rfc3339 } from './rfc3339.ts'
import type { Language, When } from './words/language.ts'

/** All that is missing: what is not met, traits that would add to the fit, then what would be enough. */
export function missingShapes(findings: Findings, words: Language, when: When): readonly MissingShape[] {
  const { missing, unknown, closers } = findings
  const welcome = unknown.filter(({ rule }) => rule.points > 0)
  return [
    ...[...missing, ...welcome].map(missingShape(words, when)),
    ...closers.map(closerShape(words, when)),
  ]
}

export const missingShape =
  (words: Language, when: When) =>
  (missing: Missing): MissingShape => ({
    kind: missing.kind,
    condition: conditionOf(missing),
    text: words.missing(missing, when),
    ...detailsOf(missing),
  })

function detailsOf(missing: Missing): Partial<MissingShape> {
  switch (missing.kind) {
    case 'condition': {
      const { lack } = missing
      if (lack.kind === 'unknown') return { traits: lack.traits }
      if (lack.kind !== 'score' || !('from' in lack.is) || lack.is.from === undefined) return {}
      return { has: lack.has, needs: lack.is.from }
    }
    case 'gate':
      return { until: missing.until === null ? null : rfc3339(missing.until) }
    case 'cooldown':
      return { until: rfc3339(missing.until) }
    case 'new_points':
      return { has: missing.has, needs: missing.needs }
    case 'trait':
      return { rule: missing.rule.id, traits: missing.traits, points: missing.rule.points }
    default:
      return {}
  }
}

const closerShape =
  (words: Language, when: When) =>
  (closer: Closer): MissingShape => {
    const { rule, traits, times, until } = closer
    const id = rule === null ? null : rule.axis === 'fit' ? rule.id : rule.is.id
    return {
      kind: 'closer',
      condition: id === null ? { known: Object.keys(traits) } : { rule: id },
      text: words.closer(closer, when),
      rule: id,
      traits: Object.keys(traits),
      times,
      until: until === null ? null : rfc3339(until),
    }
  }
