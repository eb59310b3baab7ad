import { LIMITS } from '../../shared/limits.ts'
import { type Envelope, WIRE_VERSION, type WireError, type WireEvent } from '../../shared/wire.ts'
import type { Clock } from '../contracts/clock.ts'
import { groupCommit } from '../ingest/group-commit.ts'
import { type Answered, ingest } from '../ingest/ingest.ts'
import { NOTHING_TO_NOTE, type Noting } from '../ingest/noting.ts'
import type { Signals } from '../signals.ts'
import { type FactStore, type Site, StoreError } from '../storage/store.ts'

export interface DeliveryDeps {
  readonly store: FactStore
  readonly site: Site
  readonly clock: Clock
  readonly signals: Signals
  /** what is known of the addresses that events name; null: they name none */
  readonly network: Noting['network'] | null
}

/** Whose event it is: what stands in the envelope around it. */
export type Whose = Pick<Envelope, 'visitor' | 'session' | 'user'>

export interface DeliveryTally {
  readonly accepted: number
  /** the store had them before, or they came twice */
  readonly duplicate: number
  readonly quarantined: number
  readonly refused: number
  /** of the first few that were not taken */
  readonly errors: readonly WireError[]
}

export interface Delivery {
  /** Takes an event; once a thousand wait they are recorded, and the promise resolves after the commit. */
  add(whose: Whose, event: WireEvent): Promise<void>
  /** Records what waits. */
  finish(): Promise<DeliveryTally>
}

const WAITING = 1_000
const SHOWN_ERRORS = 5

/** Whoever can open the store needs no key; some is named, so that ingest takes it for a server's call. */
const OURSELVES = {
  secretKey: 'import',
  origin: null,
  ip: null,
  userAgent: null,
  optedOut: () => false,
  isOurs: () => false,
} as const

/**
 * Events of an import, by the way that a server's come (ingest.ts: check, scrub, record), inside this process.
 * @throws StoreError (of add and finish) when the store cannot commit; what was recorded stays
 */
export function startDelivery({ store, site, clock, signals, network }: DeliveryDeps): Delivery {
  const deps = {
    clock,
    signals,
    commits: groupCommit(batch => store.record(batch)),
    findSite: async () => ({ site, isTest: false }),
    noting: network === null ? NOTHING_TO_NOTE : { ...NOTHING_TO_NOTE, network },
  }
  let waiting = 0
  let groups = new Map<string, Grouped>()
  let tally: DeliveryTally = { accepted: 0, duplicate: 0, quarantined: 0, refused: 0, errors: [] }

  async function send(envelope: Envelope): Promise<Answered> {
    const body = JSON.stringify(envelope)
    const bytes = Buffer.byteLength(body)
    const result = await ingest(deps, { ...OURSELVES, body, bytes })
    if (result.kind === 'answered') return result
    if (result.kind === 'refused')
      throw new Error(`An import made what the wire refuses: ${result.flaw.message}`)
    throw new StoreError(
      'unavailable',
      'The store could not commit. What was imported stays: import the rest again.',
    )
  }

  async function flush(): Promise<void> {
    const envelopes = [...groups.values()].flatMap(group => envelopesOf(group, site.id, clock()))
    groups = new Map()
    waiting = 0
    const answers = await Promise.all(envelopes.map(send))
    tally = answers.reduce((sum, { answer }) => added(sum, answer), tally)
  }

  return {
    add: async (whose, event) => {
      const key = JSON.stringify(whose)
      const group = groups.get(key)
      if (group) group.events.push(event)
      else groups.set(key, { whose, events: [event] })
      waiting += 1
      if (waiting >= WAITING) await flush()
    },
    finish: async () => {
      await flush()
      return tally
    },
  }
}

interface Grouped {
  readonly whose: Whose
  readonly events: WireEvent[]
}

function envelopesOf({ whose, events }: Grouped, site: string, now: number): readonly Envelope[] {
  const envelopes: Envelope[] = []
  for (let from = 0; from < events.length; from += LIMITS.eventsPerBatch) {
    const some = events.slice(from, from + LIMITS.eventsPerBatch)
    envelopes.push({ v: WIRE_VERSION, site, sentAt: now, ...whose, events: some })
  }
  return envelopes
}

const added = (sum: DeliveryTally, more: DeliveryTally): DeliveryTally => ({
  accepted: sum.accepted + more.accepted,
  duplicate: sum.duplicate + more.duplicate,
  quarantined: sum.quarantined + more.quarantined,
  refused: sum.refused + more.refused,
  errors: [...sum.errors, ...more.errors].slice(0, SHOWN_ERRORS),
})
