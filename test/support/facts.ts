import type { Fact } from '../../collector/contracts/facts.ts'
import { HOUR_MS } from '../../shared/time.ts'

/** Noon of a Monday in UTC: far from any day boundary of the time zones used in tests. */
export const NOON = Date.UTC(2026, 0, 12, 12)

/** A UUID that is easy to read in a failure and ascends with `n`. */
export const eventId = (n: number): string => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

let made = 0

/** A browser's fact with everything filled in that a test does not care about. */
export function fact(given: Partial<Fact> & { readonly type: string; readonly occurredAt: number }): Fact {
  made += 1
  const id = given.id ?? eventId(made)
  const visitor = given.visitor === undefined ? 'visitor-one' : given.visitor
  return {
    id,
    site: 'site',
    subject: visitor ?? `fact:${id}`,
    visitor,
    session: `session-${Math.floor(given.occurredAt / HOUR_MS)}`,
    receivedAt: given.occurredAt + 100,
    page: { url: 'https://acme.example/' },
    props: {},
    origin: 'browser',
    actor: null,
    ip: null,
    userAgent: null,
    tooLate: false,
    noted: null,
    ...given,
  }
}

type Given = Partial<Fact>

export const pageView = (occurredAt: number, path: string, given: Given = {}): Fact =>
  fact({ type: 'page_view', occurredAt, page: { url: `https://acme.example${path}` }, ...given })

export const engagement = (occurredAt: number, view: Fact, engagedMs: number, given: Given = {}): Fact =>
  fact({
    type: 'engagement',
    occurredAt,
    page: view.page,
    session: view.session,
    props: { view: view.id, engagedMs, scrollPct: 40 },
    ...given,
  })

export const download = (occurredAt: number, file: string, given: Given = {}): Fact =>
  fact({ type: 'download', occurredAt, props: { url: `https://acme.example/${file}`, file }, ...given })

/** A form whose fields say outright which traits they are. */
export const form = (
  occurredAt: number,
  id: string,
  traits: Record<string, string>,
  given: Given = {},
): Fact =>
  fact({
    type: 'form_submit',
    occurredAt,
    props: {
      form: { id },
      fields: Object.entries(traits).map(([trait, value]) => ({
        name: trait,
        'data-goldpan-field': trait,
        value,
      })),
    },
    ...given,
  })

export const identify = (
  occurredAt: number,
  email: string,
  traits: Record<string, string>,
  given: Given = {},
): Fact => fact({ type: 'identify', occurredAt, props: { email, traits }, ...given })

/** A person's word that another lead is this one, or that it is not. */
export const wordOn = (
  occurredAt: number,
  type: 'merge' | 'unmerge',
  [into, from]: readonly [string, string],
  given: Given = {},
): Fact => ({ ...decision(occurredAt, into, '', '', given), type, props: { lead: from } })

/** What a person decided about a lead. */
export const decision = (
  occurredAt: number,
  lead: string,
  to: string,
  reason: string,
  given: Given = {},
): Fact =>
  fact({
    type: 'decision',
    occurredAt,
    subject: lead,
    visitor: null,
    session: null,
    page: null,
    origin: 'operator',
    actor: 'sales',
    props: { to, reason },
    ...given,
  })
