import type { LifecycleStage } from '../../../../shared/stages.ts'
import { SECOND_MS } from '../../../../shared/time.ts'
import type { Condition, EngagementRule, Scalar } from '../../../contracts/model.ts'
import { leavesOf } from '../../../scoring/conditions.ts'
import { or } from './numbers.ts'
import { span } from './time.ts'

const TRAITS: Readonly<Record<string, string>> = { email: 'e-mail address', phone: 'phone number' }

/** `jobTitle` → `job title`; a custom trait likewise. */
export const traitName = (trait: string): string =>
  TRAITS[trait] ?? trait.replace(/(?<=\p{Ll})\p{Lu}/gu, letter => ` ${letter.toLowerCase()}`)

const VALUES: Readonly<Record<string, string>> = { c_level: 'C-level', vp: 'VP', it: 'IT', hr: 'HR' }

/** A value of a vocabulary, or a marketer's word, as people write it. */
export const valueName = (value: Scalar): string => VALUES[String(value)] ?? spaced(String(value))

export const spaced = (name: string): string => oneLine(name.replaceAll('_', ' '))

/** A text that people wrote, without characters that break a line or steer a terminal. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')

/** Who did something; the administrator's token is a person for those who read. */
export const actorName = (actor: string): string =>
  actor === 'GOLDPAN_ADMIN_TOKEN' ? 'the administrator' : oneLine(actor)

const STAGE_NAMES: Readonly<Record<LifecycleStage, string>> = {
  anonymous: 'anonymous visitor',
  lead: 'lead',
  mql: 'MQL',
  sal: 'accepted by sales',
  sales_qualified: 'SQL',
  customer: 'customer',
  nurturing: 'in nurturing',
  disqualified: 'disqualified',
}
export const stageName = (stage: LifecycleStage): string => STAGE_NAMES[stage]

const NOUNS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  page_view: ['visit', 'visits'],
  download: ['download', 'downloads'],
  form_submit: ['form', 'forms'],
  email_open: ['e-mail opened', 'e-mails opened'],
  identify: ['identify call', 'identify calls'],
  outbound_click: ['click on a link away', 'clicks on links away'],
}

/** What a person does to match an engagement rule: `pricing visit of 2 minutes`, `guide download`, `demo form`. */
export function deedName(rule: EngagementRule, n = 1): string {
  const leaves = rule.if === null ? [] : leavesOf(rule.if)
  const engaged = leaves.flatMap(({ key, is }) => (key === 'engaged' && 'from' in is ? (is.from ?? 0) : 0))
  const longest = Math.max(0, ...engaged)
  return longest < WORTH_SAYING_MS ? kindOfDeed(rule, n) : `${kindOfDeed(rule, n)} of ${span(longest)}`
}

/** A visit of some seconds is what people mean by a visit (our choice). */
const WORTH_SAYING_MS = 30 * SECOND_MS

/** The same without how long it takes: `pricing visit`. */
export function kindOfDeed(rule: EngagementRule, n = 1): string {
  const [one, several] = NOUNS[rule.on] ?? [spaced(rule.on), spaced(rule.on)]
  const noun = n === 1 ? one : several
  if (rule.if === null) return noun
  // What a file is worth reading for says less than what the marketer called it.
  if (readsDepth(rule.if)) return `${rule.id} ${noun}`
  const kind = kindIn(rule.if)
  return kind === null ? `${noun} (${rule.id})` : `${kind} ${noun}`
}

const KINDS: ReadonlySet<string> = new Set(['page.category', 'form.kind'])

const readsDepth = (condition: Condition): boolean =>
  leavesOf(condition).some(({ key }) => key === 'asset.depth')

function kindIn(condition: Condition): string | null {
  if ('all' in condition) return condition.all.map(kindIn).find(kind => kind !== null) ?? null
  if (!('key' in condition) || !KINDS.has(condition.key) || !('oneOf' in condition.is)) return null
  return or(condition.is.oneOf.map(valueName))
}
