import type { Fact } from './facts.ts'

/** A fact understood under one model: what enrich gives to scoring. Pure data, derived, never stored. */
export interface Evidence {
  readonly fact: Fact
  /** epoch ms; equals fact.occurredAt */
  readonly at: number
  readonly traffic: Traffic
  /** for an engagement report: the page of its view */
  readonly page: PageFacts | null
  readonly asset: { readonly file: string; readonly depth: string | null } | null
  readonly form: { readonly id: string | null; readonly kind: string | null } | null
  /** the view this event is, or reports on: totals folded by maximum, bounded by wall time */
  readonly view: { readonly id: string; readonly engagedMs: number; readonly scrollPct: number } | null
  readonly touchpoint: Touchpoint | null
  readonly needs: readonly string[]
  /** what the event says about the person */
  readonly traits: readonly TraitClaim[]
}

export interface PageFacts {
  readonly url: string
  readonly host: string
  /** decoded, lower case, without a trailing slash (but `/`) */
  readonly path: string
  readonly title: string | null
  readonly category: string | null
  readonly referrer: string | null
}

/** Who was behind an event. The evidence says how it was recognised. */
export interface Traffic {
  readonly kind: TrafficKind
  readonly evidence: string | null
}

/** `test`: a person of our own who tries out the site with its test key; scored, apart from everybody else. */
export const TRAFFIC_KINDS = [
  'human',
  'test',
  'internal',
  'competitor',
  'bot',
  'ai_crawler',
  'link_preview',
  'mail_scanner',
  'headless',
  'too_late',
] as const
export type TrafficKind = (typeof TRAFFIC_KINDS)[number]

/** Whether it scores: only what people do, whom we would like to sell to. */
export const counts = ({ kind }: Traffic): boolean => kind === 'human' || kind === 'test'

/** Where a session came from. */
export interface Touchpoint {
  readonly at: number
  readonly channel: Channel
  readonly source: string | null
  readonly referrer: string | null
  /** source, medium, campaign, term, content, id and source_platform as far as given */
  readonly utm: Readonly<Record<string, string>>
  /** name of the click id in the URL (gclid, msclkid …) */
  readonly clickId: string | null
  readonly landingPath: string | null
}

export type Channel =
  | 'direct'
  | 'organic_search'
  | 'paid_search'
  | 'organic_social'
  | 'paid_social'
  | 'display'
  | 'email'
  | 'ai_assistant'
  | 'affiliate'
  | 'referral'
  | 'other'

/** `derived` from other traits; `phone`, `network`, `tld`: the country that a number, an address of the internet or a domain told */
export type TraitSource =
  | 'form'
  | 'identify'
  | 'email_link'
  | 'server'
  | 'operator'
  | 'derived'
  | 'phone'
  | 'network'
  | 'tld'

export type TraitValue = string | number | boolean

/** One thing said about a person, by whom and when. Weaker strengths never overwrite stronger ones. */
export interface TraitClaim {
  readonly name: string
  readonly value: TraitValue
  readonly source: TraitSource
  readonly strength: TraitStrength
  readonly at: number
}

/** Ascending (collector.md, Identity). `derived` is what we concluded ourselves. */
export const TRAIT_STRENGTHS = ['derived', 'asserted', 'confirmed', 'verified'] as const
export type TraitStrength = (typeof TRAIT_STRENGTHS)[number]

/** How strong a claim or a group call is: greater than that of whatever it may overwrite. */
export const strengthOf = ({ strength }: { readonly strength: TraitStrength }): number =>
  TRAIT_STRENGTHS.indexOf(strength)

/** Who a person is at one instant: of several claims the strongest source's latest, gaps filled by derivation. */
export interface Profile {
  readonly traits: Readonly<Record<string, TraitClaim>>
  /** null while no e-mail is known */
  readonly emailKind: 'company' | 'free' | 'disposable' | null
  /** registrable domain of a company e-mail, else null: the account's key */
  readonly companyDomain: string | null
}
