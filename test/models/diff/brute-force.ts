import { advance } from '../../../collector/advance/advance.ts'
import type { Fact } from '../../../collector/contracts/facts.ts'
import type { ScoringModel } from '../../../collector/contracts/model.ts'
import type { IdOf } from '../../../collector/identity/resolve.ts'
import { idOf as hashed } from '../../support/history.ts'
import { published } from '../../support/model.ts'

/**
 * What a model diff must find, worked out the long way: for every person and every instant at which anything happened the
 * whole history is advanced anew and the stage is looked at. Shares nothing with the code under test but `advance`.
 */
export interface BruteLife {
  readonly id: string
  /** first instant at which the stage is mql */
  mqlAt: number | null
  /** whether it was seen not to be mql any more, after that */
  cooled: boolean
}

/** Where the people live; as the tests' own facts say unless given. */
interface World {
  readonly site?: string
  readonly idOf?: IdOf
}

export function bruteLives(
  facts: readonly Fact[],
  model: ScoringModel,
  world: World & { readonly until: number },
): Map<string, BruteLife> {
  const { until } = world
  const lives = new Map<string, BruteLife>()
  const named = facts.findIndex(({ type }) => type === 'form_submit' || type === 'identify')
  if (named < 0) return lives
  const instants = new Set(facts.slice(named).flatMap(({ occurredAt }) => [occurredAt - 1, occurredAt]))
  instants.add(until)
  const ordered = [...instants].filter(at => at <= until).sort((a, b) => a - b)
  for (const at of ordered) {
    for (const { id, stage } of namedAt(facts, model, at, world)) {
      const life = lives.get(id) ?? { id, mqlAt: null, cooled: false }
      if (stage === 'mql') life.mqlAt ??= at
      else life.cooled = life.mqlAt !== null
      lives.set(id, life)
    }
  }
  return lives
}

/** How long a person may stay an MQL at most: longer than any half-life here lets them. */
const FURTHEST_MS = 366 * 24 * 3_600_000

/** The first instant after `from` at which a person is no MQL any more, if nothing happens after `until`; null: none. */
export function bruteEnd(
  facts: readonly Fact[],
  model: ScoringModel,
  person: { readonly id: string; readonly from: number; readonly until: number },
): number | null {
  const isMql = (at: number): boolean =>
    namedAt(
      facts.filter(({ occurredAt }) => occurredAt <= person.until),
      model,
      at,
    ).some(({ id, stage }) => id === person.id && stage === 'mql')
  const instants = facts
    .map(({ occurredAt }) => occurredAt)
    .filter(at => at > person.from && at <= person.until)
  let before = person.from
  for (const at of [...instants.flatMap(at => [at - 1, at]), person.until + FURTHEST_MS]) {
    if (at < before) continue
    if (!isMql(at)) return firstOut(before, at, isMql)
    before = at
  }
  return null
}

function firstOut(from: number, to: number, isMql: (at: number) => boolean): number {
  let [within, out] = [from, to]
  while (out - within > 1) {
    const middle = Math.floor((within + out) / 2)
    if (isMql(middle)) within = middle
    else out = middle
  }
  return out
}

/** Everybody identified at an instant. */
export function namedAt(
  facts: readonly Fact[],
  model: ScoringModel,
  at: number,
  { site = 'site', idOf = hashed }: World = {},
) {
  const known = facts.filter(fact => fact.occurredAt <= at)
  const { persons } = advance({ site, facts: known, versions: [published(model)], idOf, now: at })
  return persons.filter(({ identifier }) => identifier !== null)
}

/** Of a simulated component: what the models may see. Here only the CRM's `identify` after the first decision is a leak. */
export function withoutLeaks(facts: readonly Fact[]): readonly Fact[] {
  const firstDecision = facts.find(({ type }) => type === 'decision')?.occurredAt ?? Number.POSITIVE_INFINITY
  const seen: Fact[] = []
  for (const fact of facts) {
    if (fact.type === 'decision') continue
    const leaks = fact.origin === 'server' && fact.receivedAt > firstDecision
    seen.push(leaks ? { ...fact, props: { email: fact.props.email } } : fact)
  }
  return seen
}

/** What sales made of a lead. */
export function bruteOutcome(facts: readonly Fact[], lead: string, until: number) {
  const decisions = facts.filter(
    ({ type, subject, occurredAt }) => type === 'decision' && subject === lead && occurredAt <= until,
  )
  let bad: number | null = null
  for (const { occurredAt, props } of decisions) {
    if (props.to === 'sales_qualified' || props.to === 'customer')
      return { kind: 'good', at: occurredAt } as const
    bad = props.to === 'sal' ? null : (bad ?? occurredAt)
  }
  return bad === null ? ({ kind: 'open', at: null } as const) : ({ kind: 'bad', at: bad } as const)
}

/** Monday of the week of an instant, by looking at a calendar day after day. */
export function mondayOf(at: number, timeZone: string): string {
  for (let day = at; ; day -= 3_600_000) {
    const date = new Date(day)
    if (date.toLocaleDateString('en-US', { timeZone, weekday: 'short' }) === 'Mon') {
      return date.toLocaleDateString('sv-SE', { timeZone })
    }
  }
}

/** The ends of the Wilson interval, by halving: where the share lies 1.96 standard errors away. */
export function bruteWilson(k: number, n: number): { low: number; high: number } {
  const share = k / n
  const away = (p: number) => Math.abs(share - p) - 1.959963984540054 * Math.sqrt((p * (1 - p)) / n)
  const search = (inside: number, outside: number): number => {
    let [near, far] = [inside, outside]
    for (let i = 0; i < 200; i += 1) {
      const middle = (near + far) / 2
      if (away(middle) < 0) near = middle
      else far = middle
    }
    return near
  }
  return { low: k === 0 ? 0 : search(share, 0), high: k === n ? 1 : search(share, 1) }
}
