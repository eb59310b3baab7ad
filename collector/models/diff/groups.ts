import type { ModelChange } from './changes.ts'
import { isWithin } from './quality.ts'
import type { Group, ModelDiff, Period, PersonDiff } from './shapes.ts'
import type { PersonSummary } from './summary.ts'

export interface GroupTerms {
  readonly period: Period
  readonly changes: readonly ModelChange[]
  /** how many people each list shows at most; the totals count everybody */
  readonly listed: number
}

type GroupName = 'gained' | 'lost' | 'kept'

/** Who gains, loses and keeps MQL: each with what sales made of them. */
export function groupsOf(people: readonly PersonSummary[], terms: GroupTerms): Pick<ModelDiff, GroupName> {
  const groups: Record<GroupName, PersonSummary[]> = { gained: [], lost: [], kept: [] }
  for (const person of people) {
    const name = groupNameOf(person, terms.period)
    if (name) groups[name].push(person)
  }
  const texts = new Map(terms.changes.map(({ id, text }) => [id, text]))
  const shape = (members: readonly PersonSummary[], order = byWorth): Group => ({
    total: members.length,
    outcomes: {
      good: members.filter(({ outcome }) => outcome.verdict === 'good').length,
      bad: members.filter(({ outcome }) => outcome.verdict === 'bad').length,
      open: members.filter(({ outcome }) => outcome.verdict === 'open').length,
    },
    people: [...members]
      .sort(order)
      .slice(0, terms.listed)
      .map(person => personDiff(person, texts)),
  })
  return { gained: shape(groups.gained), lost: shape(groups.lost), kept: shape(groups.kept, byMove) }
}

function groupNameOf({ old, new: fresh }: PersonSummary, period: Period): GroupName | null {
  const concerns = [old, fresh].some(mql => mql !== null && isWithin(mql.at, period))
  if (!concerns) return null
  return old && fresh ? 'kept' : old ? 'lost' : 'gained'
}

/** A good outcome first, then the latest, then by id, so that the order is always the same. */
const byWorth = (a: PersonSummary, b: PersonSummary): number =>
  goodness(b) - goodness(a) || latest(b) - latest(a) || (a.id < b.id ? -1 : 1)

const byMove = (a: PersonSummary, b: PersonSummary): number => moved(b) - moved(a) || byWorth(a, b)

const moved = ({ old, new: fresh }: PersonSummary): number => (old && fresh ? Math.abs(fresh.at - old.at) : 0)

const goodness = ({ outcome }: PersonSummary): number => (outcome.verdict === 'good' ? 1 : 0)
const latest = ({ old, new: fresh }: PersonSummary): number => fresh?.at ?? old?.at ?? 0

function personDiff(
  { id, who, outcome, old, new: fresh, causes }: PersonSummary,
  texts: ReadonlyMap<string, string>,
): PersonDiff {
  return {
    id,
    who,
    oldAt: old?.at ?? null,
    newAt: fresh?.at ?? null,
    outcome: outcome.verdict,
    rules: causes?.rules ?? [],
    why: causes ? whyOf(causes, texts) : '',
    because: causes && { kind: causes.kind, changes: causes.changes },
  }
}

/** How the causes of a list of changes hang together. */
const JOINTS = { needed: '; and ', enough: '; or already ', together: '' } as const

function whyOf({ kind, changes }: NonNullable<PersonSummary['causes']>, texts: ReadonlyMap<string, string>) {
  if (kind === 'together') return 'several changes together'
  return changes.map(id => texts.get(id) ?? id).join(JOINTS[kind])
}
