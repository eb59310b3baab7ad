import type { HeardEvent } from './state.ts'

/** Goldpan's identifiers in the words of people. */

const STAGE_NAMES: Readonly<Record<string, string>> = {
  anonymous: 'Anonymous',
  lead: 'Lead',
  mql: 'MQL',
  sal: 'SAL',
  sales_qualified: 'SQL',
  customer: 'Customer',
  nurturing: 'Nurturing',
  disqualified: 'Disqualified',
}

export const stageName = (stage: string): string => STAGE_NAMES[stage] ?? spaced(stage)

const STAGE_MEANINGS: Readonly<Record<string, string>> = {
  anonymous: 'Seen, not known',
  lead: 'Gave an address or a number',
  mql: 'Marketing qualified lead',
  sal: 'Sales accepted lead',
  sales_qualified: 'Sales qualified lead',
  customer: 'Bought',
}

export const stageMeaning = (stage: string): string => STAGE_MEANINGS[stage] ?? stageName(stage)

/** `job_title`, `jobTitle` and `pricing-3x` as words. */
export const spaced = (identifier: string): string =>
  identifier
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/\b(it|crm|cv|mql)\b/g, word => word.toUpperCase())

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Points as people read them: whole where whole, else one decimal, with a true minus. */
export function pointsText(points: number): string {
  const rounded = Math.round(points * 10) / 10
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded)}`
}

/** `0:07`, `12:30` */
export function minutesText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const clockText = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Our words around a value that came with the event, which the page keeps apart from them. */
export type EventWords = readonly [before: string, value: string, after: string]

/** What an event says happened, in one line. */
export function eventWords(event: HeardEvent): EventWords {
  const { props } = event
  switch (event.type) {
    case 'page_view':
      return ['Viewed ', pageName(event), '']
    case 'download':
      return ['Downloaded ', nameIn(props, 'file') ?? 'a file', '']
    case 'form_start':
      return aroundForm('Started the', props, '')
    case 'form_abandon':
      return aroundForm('Left the', props, ' unsent')
    case 'form_submit':
      return aroundForm('Sent the', props, '')
    case 'outbound_click':
      return ['Left for ', hostOf(nameIn(props, 'url')), '']
    case 'identify':
      return ['Said who this is', '', '']
    case 'group':
      return ['Said which company this is', '', '']
    case 'consent':
      return ['Consent ', nameIn(props, 'state') ?? 'changed', '']
    case 'decision':
      return ['Sales moved this person to ', stageName(nameIn(props, 'to') ?? ''), '']
    default:
      return ['', sentence(spaced(event.type)), '']
  }
}

/** The page's title without the site's name, which every title repeats. */
function pageName({ page }: HeardEvent): string {
  if (page?.path === '/') return 'the home page'
  return page?.title?.split(' · ')[0] ?? page?.path ?? 'a page'
}

function aroundForm(before: string, { form }: HeardEvent['props'], after: string): EventWords {
  const id = typeof form === 'object' && form !== null ? (nameIn(form, 'id') ?? nameIn(form, 'name')) : null
  const words = id ? spaced(id) : ''
  if (words === '') return [`${before} form`, '', after]
  return [`${before} `, words, `${/request|form/.test(words) ? '' : ' form'}${after}`]
}

function nameIn(object: object, key: string): string | null {
  const value: unknown = Object.entries(object).find(([name]) => name === key)?.[1]
  return typeof value === 'string' && value !== '' ? value : null
}

const hostOf = (url: string | null): string => (url && URL.canParse(url) ? new URL(url).host : 'another site')
