import type { Evidence, PageFacts, Traffic, TraitValue } from '../contracts/evidence.ts'
import type { Fact, StoredFact } from '../contracts/facts.ts'
import { rfc3339 } from './rfc3339.ts'

/** An event as the API shows it (docs/api.md): stable, fields may be added. */

export interface EventShape {
  readonly id: string
  readonly site: string
  readonly type: string
  readonly visitor: string | null
  /** id of the person, anonymous or not; null until qualified */
  readonly lead: string | null
  readonly session: string | null
  readonly occurredAt: string
  readonly receivedAt: string
  readonly page: PageShape | null
  readonly props: Readonly<Record<string, unknown>>
  /** what a form, identify or import was understood to say */
  readonly traits: Readonly<Record<string, TraitValue | null>>
  readonly traffic: Traffic
  /** the database is damaged: what of this event is not what it was, and what to do */
  readonly damaged?: string
  /** personal values were left out: the token lacks `leads:pii` */
  readonly redacted?: true
}

export interface PageShape {
  readonly url: string
  readonly path: string
  readonly title: string | null
  readonly category: string | null
  readonly referrer: string | null
}

/**
 * An event with what a model understands of it, and whose it is.
 * @param asOne false: understood by itself, for the history of its person cannot be read
 */
export const eventShape = (
  fact: Fact & Pick<StoredFact, 'unreadable'>,
  evidence: Evidence,
  lead: string | null,
  asOne = true,
): EventShape => ({
  id: fact.id,
  site: fact.site,
  type: fact.type,
  visitor: fact.visitor,
  lead,
  session: fact.session,
  occurredAt: rfc3339(fact.occurredAt),
  receivedAt: rfc3339(fact.receivedAt),
  page: evidence.page && pageShape(evidence.page),
  props: fact.props,
  traits: Object.fromEntries(evidence.traits.map(({ name, value }) => [name, value])),
  traffic: evidence.traffic,
  ...damageOf(fact.unreadable ?? [], asOne),
})

function damageOf(unreadable: readonly string[], asOne: boolean): Pick<EventShape, 'damaged'> {
  if (unreadable.length > 0)
    return {
      damaged: `The database is damaged: ${unreadable.join(', ')} of this event cannot be read. ${FIX}`,
    }
  return asOne ? {} : { damaged: `${ALONE} ${FIX}` }
}

const ALONE =
  'The database is damaged: what is known of this person cannot be read, so this event is understood by itself.'

const FIX =
  'Say `goldpan doctor` for all that is wrong, and put a backup in its place with `goldpan restore FILE`.'

export const pageShape = ({ url, path, title, category, referrer }: PageFacts): PageShape => ({
  url,
  path,
  title,
  category,
  referrer,
})
