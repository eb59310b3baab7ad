import { advance } from '../../collector/advance/advance.ts'
import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { decision, fact } from './facts.ts'
import { type Persona, type Writing, YEAR_END } from './simulated-persona.ts'

/**
 * What sales does about a person: takes up most of whom the model in force makes an MQL, finds a few by itself, and judges
 * after days or weeks by what a model never sees, the true intent. What it learns on the way goes to the CRM, which
 * writes it down here: a trap for every model that reads it.
 */
export function salesOn(persona: Persona, facts: readonly Fact[], write: Writing): readonly Fact[] {
  const { random } = write
  const lead = write.idOf(`email:${persona.email}`)
  const start = takenUpAt(persona, facts, lead, write)
  if (start === null) return facts
  const good = random.chance(chanceOfGood(persona))
  const judgedAt = start + Math.floor(random.between(2, 30) * DAY_MS)
  const wonAt = judgedAt + Math.floor(random.between(10, 60) * DAY_MS)
  const move = (at: number, to: string, reason: string): Fact =>
    decision(at, lead, to, reason, { site: write.site, id: write.nextId() })
  const moves = [
    ...(random.chance(0.85) ? [move(start, 'sal', 'looks_good')] : []),
    ...(good ? [move(judgedAt, 'sales_qualified', 'bant')] : refusal(persona, judgedAt, move, write)),
    ...(good && random.chance(0.5) ? [move(wonAt, 'customer', 'signed')] : []),
  ]
  const crm = crmNotes(persona, good, start, judgedAt, write)
  const all = [...facts, ...moves, ...crm].filter(({ occurredAt }) => occurredAt < YEAR_END)
  return all.sort(byOccurrence)
}

/** When sales first has a hand in it; null: never. */
function takenUpAt(
  persona: Persona,
  facts: readonly Fact[],
  lead: string,
  { site, inForce, idOf, random }: Writing,
): number | null {
  if (!facts.some(({ type }) => type === 'form_submit' || type === 'identify')) return null
  const { persons } = advance({ site, facts, versions: [inForce], idOf, now: YEAR_END })
  const transitions = persons.find(({ id }) => id === lead)?.transitions ?? []
  const mql = transitions.find(({ to }) => to === 'mql')
  if (mql) return random.chance(0.92) ? mql.at + Math.floor(HOUR_MS + random.wait(DAY_MS)) : null
  const [became] = transitions
  const findsAnyway = became !== undefined && persona.kind === 'buyer' && random.chance(0.25 * persona.intent)
  return findsAnyway ? became.at + Math.floor(random.between(1, 40) * DAY_MS) : null
}

function chanceOfGood({ kind, intent, need }: Persona): number {
  if (kind !== 'buyer' && kind !== 'reader') return 0.02
  return 1 / (1 + Math.exp(7 - 5 * intent - 4 * need))
}

function refusal(
  { kind }: Persona,
  at: number,
  move: (at: number, to: string, reason: string) => Fact,
  { random }: Writing,
): readonly Fact[] {
  if (random.chance(0.1)) return []
  if (kind === 'competitor' || kind === 'student') return [move(at, 'disqualified', kind)]
  return random.chance(0.8)
    ? [move(at, 'nurturing', random.pick(['not_ready', 'no_budget']))]
    : [move(at, 'disqualified', 'no_need')]
}

/** The CRM tells what sales found out: after the first call, and so after the hand-over. */
function crmNotes(
  { email }: Persona,
  good: boolean,
  start: number,
  judgedAt: number,
  { site, random, nextId }: Writing,
): readonly Fact[] {
  if (!random.chance(0.7)) return []
  const told = Math.floor((start + judgedAt) / 2)
  const note = (type: string, props: Fact['props']): Fact => {
    const id = nextId()
    const nobody = { visitor: null, session: null, subject: `fact:${id}`, page: null }
    return fact({ type, occurredAt: told, site, origin: 'server', id, props, ...nobody })
  }
  return [note('identify', { email, traits: { budgetKnown: good, needConfirmed: good ? 'yes' : 'no' } })]
}
