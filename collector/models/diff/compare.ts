import { bucketsOf } from './calendar.ts'
import type { ModelChange, Models } from './changes.ts'
import { type GroupTerms, groupsOf } from './groups.ts'
import { isWithin, type QualityTerms, qualityOf } from './quality.ts'
import { refusedInputs } from './refused.ts'
import type { Both, ChangeEffect, ModelDiff, ModelName } from './shapes.ts'
import type { PersonSummary } from './summary.ts'
import { timingOf } from './timing.ts'

export interface CompareTerms extends QualityTerms, GroupTerms {
  readonly site: string
  readonly names: Both<ModelName>
  readonly models: Models
}

/** What the change of models comes to. Pure: the order of the people does not matter. */
export function compare(people: readonly PersonSummary[], terms: CompareTerms): ModelDiff {
  const { period, models, names } = terms
  const { timezone } = models.new
  const mqls = { old: mqlsOf('old', people, terms), new: mqlsOf('new', people, terms) }
  const instants = { old: mqls.old.map(({ at }) => at), new: mqls.new.map(({ at }) => at) }
  const effects = effectsOf(people, terms.changes)
  return {
    site: terms.site,
    ...names,
    period,
    timezone,
    leads: people.length,
    mqls: { old: mqls.old.length, new: mqls.new.length },
    cooled: { old: mqls.old.filter(hasCooled).length, new: mqls.new.filter(hasCooled).length },
    ...groupsOf(people, terms),
    changes: effects,
    perWeek: bucketsOf(instants, period, timezone, 'week'),
    perMonth: bucketsOf(instants, period, timezone, 'month'),
    mqlsPerMonthTarget: targetOf(models.new) ?? targetOf(models.old),
    timing: timingOf(people, period, terms.minN),
    quality: qualityOf(people, terms),
    refused: refusedInputs(people, models),
  }
}

const mqlsOf = (side: keyof Models, people: readonly PersonSummary[], { period }: CompareTerms) =>
  people.flatMap(({ [side]: mql }) => (mql && isWithin(mql.at, period) ? mql : []))

const hasCooled = ({ cooledAt }: { readonly cooledAt: number | null }): boolean => cooledAt !== null

const targetOf = ({ sla }: Models['new']): number | null => sla?.target.mqlsPerMonth ?? null

/** For how many people each change made the difference; those that decided nothing come last, in the file's order. */
function effectsOf(
  people: readonly PersonSummary[],
  changes: readonly ModelChange[],
): readonly ChangeEffect[] {
  const effects = new Map(changes.map(({ id, text }) => [id, { id, text, gained: 0, lost: 0 }]))
  for (const { causes, new: fresh } of people) {
    for (const id of causes?.changes ?? []) {
      const effect = effects.get(id)
      if (effect && fresh) effect.gained += 1
      else if (effect) effect.lost += 1
    }
  }
  return [...effects.values()].sort((a, b) => b.gained + b.lost - (a.gained + a.lost))
}
