import type { Channel, Profile } from '../../contracts/evidence.ts'

/** Closed vocabularies of the grammar; those of job titles live with their lexicons in enrich. */

export const EMAIL_KINDS = [
  'company',
  'free',
  'disposable',
] as const satisfies readonly Profile['emailKind'][]

export const CHANNELS = [
  'direct',
  'organic_search',
  'paid_search',
  'organic_social',
  'paid_social',
  'display',
  'email',
  'ai_assistant',
  'affiliate',
  'referral',
  'other',
] as const satisfies readonly Channel[]
