import type { TrafficKind } from '../../collector/contracts/evidence.ts'
import type { Fact } from '../../collector/contracts/facts.ts'
import { fact, identify } from './facts.ts'

type Given = Partial<Fact>

/** Somebody followed a signed link of a mail, as ingest writes it down. */
export const clicked = (
  occurredAt: number,
  email: string,
  given: Given = {},
  { message = 'spring', link = 'https://acme.example/guide' } = {},
): Fact =>
  fact({
    type: 'email_click',
    occurredAt,
    props: { campaign: message, link },
    noted: { click: { email, message, link, mintedAt: occurredAt - 1_000 } },
    ...given,
  })

/** The customer's server says which of its users has an address now. */
export const namedUser = (
  occurredAt: number,
  user: string,
  email: string | null,
  given: Given = {},
): Fact => {
  const said = {
    visitor: null,
    session: null,
    page: null,
    subject: `user:${user}`,
    origin: 'server' as const,
    noted: { user },
    ...given,
  }
  return email === null
    ? fact({ type: 'trial_used', occurredAt, ...said })
    : identify(occurredAt, email, {}, said)
}

/** A person says who is behind a visitor. */
export const reclassified = (
  occurredAt: number,
  visitor: string,
  kind: TrafficKind | 'auto',
  given: Given = {},
): Fact =>
  fact({
    type: 'reclassify',
    occurredAt,
    subject: visitor,
    visitor,
    session: null,
    page: null,
    origin: 'operator',
    actor: 'ada',
    props: { kind },
    ...given,
  })
