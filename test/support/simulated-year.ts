import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import { DAY_MS } from '../../shared/time.ts'
import { eventId, form, pageView } from './facts.ts'
import { type Random, randomFrom } from './random.ts'
import {
  type Persona,
  type PersonaKind,
  SHARES,
  type SimulatedYear,
  type Writing,
  YEAR_END,
  YEAR_START,
} from './simulated-persona.ts'
import { salesOn } from './simulated-sales.ts'
import { visitsOf } from './simulated-visits.ts'

/**
 * A year of a site's visitors, the same for the same seed: the facts of one connected component at a time, in order of
 * occurrence, with what sales did about those of whom the model in force told it and a few it found by itself.
 */
export function* simulatedYear(year: SimulatedYear): Generator<readonly Fact[], void> {
  let made = 0
  const nextId = (): string => eventId(++made)
  for (let index = 0; index < year.visitors; index += 1) {
    const random = randomFrom(year.seed * 1_000_003 + index)
    const write = { ...year, random, nextId, visitor: `visitor-${String(index).padStart(6, '0')}` }
    const persona = personaOf(write)
    const startsAt = YEAR_START + Math.floor(random.between(0, 364 * DAY_MS))
    const own = visitsOf(persona, startsAt, write)
    const facts = [...own, ...freaks(persona, own, write)].filter(({ occurredAt }) => occurredAt < YEAR_END)
    yield salesOn(persona, facts.sort(byOccurrence), write)
  }
}

const RIGHT_TITLES = ['Head of Marketing', 'Marketing Director', 'CMO', 'CEO', 'VP Marketing'] as const
const OTHER_TITLES = ['Developer', 'Accountant', 'HR Manager', 'Sales Manager', 'Consultant', 'CEO'] as const

function personaOf({ random, visitor, shares = SHARES }: Writing): Persona {
  const kind = kindAt(random.next(), shares)
  const suits = random.chance(kind === 'buyer' ? 0.7 : 0.25)
  const company = `company-${random.whole(1, 4_000)}`
  const work = `${company}.example`
  const domain = random.chance(kind === 'buyer' ? 0.12 : 0.4) ? 'gmail.com' : work
  const industry =
    suits && random.chance(0.8) ? random.pick(['IT', 'Software']) : random.pick(['Retail', 'Healthcare'])
  return {
    kind,
    intent: intentOf(kind, random),
    need: suits ? random.between(0.5, 1) : random.between(0, 0.5),
    email: `${visitor}@${random.chance(0.01) ? 'mailinator.com' : domain}`,
    traits: {
      company,
      industry,
      jobTitle: kind === 'student' ? 'Student' : random.pick(suits ? RIGHT_TITLES : OTHER_TITLES),
      companySize: String(suits ? random.whole(40, 220) : random.whole(1, 2_000)),
    },
  }
}

/** A few readers want to buy one day; most want to read. */
function intentOf(kind: PersonaKind, random: Random): number {
  if (kind === 'buyer') return random.between(0.15, 1)
  return kind === 'reader' ? 0.6 * random.next() ** 3 : 0
}

function kindAt(share: number, shares: Readonly<Record<PersonaKind, number>>): PersonaKind {
  let left = share
  for (const kind of Object.keys(SHARES) as PersonaKind[]) {
    left -= shares[kind]
    if (left < 0) return kind
  }
  return 'sand'
}

/** One in a hundred is unusual: a second browser, somebody else at the same browser, a fact too late, a telephone alone. */
function freaks({ email, traits }: Persona, own: readonly Fact[], write: Writing): readonly Fact[] {
  const { random, nextId, visitor, site } = write
  const last = own.at(-1)
  if (!last || !random.chance(0.01)) return []
  const at = last.occurredAt + Math.floor(random.wait(2 * DAY_MS))
  const here = () => ({ site, visitor, subject: visitor, id: nextId() })
  const elsewhere = () => ({ site, visitor: `${visitor}-phone`, subject: `${visitor}-phone`, id: nextId() })
  const colleague = { ...traits, email: `colleague-of-${email}` }
  return random.pick([
    () => [pageView(at - DAY_MS, '/pricing', elsewhere()), form(at, 'newsletter', { email }, elsewhere())],
    () => [form(at, 'demo-request', colleague, here()), pageView(at, '/pricing', here())],
    () => [form(at, 'demo-request', { email, ...traits }, { ...here(), tooLate: true })],
    () => [form(at, 'contact', { phone: `+359887${visitor.slice(-6)}` }, here())],
    () => [
      form(last.occurredAt, 'contact', { email }, here()),
      pageView(last.occurredAt, '/pricing', here()),
    ],
  ])()
}
