import type { FormField, Page } from '../../shared/events.ts'
import { PROTOTYPE_KEYS } from '../../shared/prototype-keys.ts'
import type { WireEvent } from '../../shared/wire.ts'
import { cutUrl, isWebAddress } from './cut-url.ts'
import { maskContacts, maskPersonal } from './mask.ts'
import { networkOf } from './network.ts'

/**
 * Takes out of a sound event what must not be stored, whoever sent it: the browser did the same, but a browser can be
 * anyone's. What a person gave on purpose (fields of a form, an identify call) keeps its value.
 * @param params query parameters that the site's owner keeps in addresses
 */
export function scrub(event: WireEvent, params: readonly string[] = []): WireEvent {
  const cut: Rewrite = url => cutUrl(url, params)
  return {
    ...event,
    type: scrubName(event.type),
    ...(event.page && { page: scrubPage(event.page, cut) }),
    ...(event.props && { props: scrubProps(event.type, event.props, cut) }),
  }
}

/** The name of an event, as it is stored. */
export const scrubName = (type: string): string => maskContacts(whole(type))

/**
 * A quarantined event as it may be kept: of unknown shape, so every string that is an address is cut, and the value
 * of whatever calls itself a password goes.
 */
export const scrubUnknown = (value: unknown, params: readonly string[] = []): unknown =>
  copy(withNetwork(value), text => (isWebAddress(text) ? cutUrl(text, params) : text))

/** An event whose sender's address, if it says one, is no more than a network. */
function withNetwork(event: unknown): unknown {
  if (!isObject(event) || !('context' in event) || !isObject(event.context)) return event
  if (!('ip' in event.context)) return event
  const { ip, ...context } = event.context
  const network = typeof ip === 'string' ? networkOf(ip) : null
  return { ...event, context: network === null ? context : { ...context, ip: network } }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

type Props = Readonly<Record<string, unknown>>
type Rewrite = (text: string) => string

function scrubPage({ url, title, referrer }: Page, cut: Rewrite): Page {
  return {
    url: cut(whole(url)),
    ...(title !== undefined && { title: maskPersonal(whole(title)) }),
    ...(referrer !== undefined && { referrer: cut(whole(referrer)) }),
  }
}

/**
 * Half a character is none, and can be written in no database's text: it becomes U+FFFD. So what is computed of a fact, a name
 * by which something is found above all, is the same in memory and in a store.
 */
const whole: Rewrite = text => text.toWellFormed()

function scrubProps(type: string, props: Props, cut: Rewrite): Props {
  const maskText: Rewrite = text => {
    const said = whole(text)
    return isWebAddress(said) ? cut(said) : maskContacts(said)
  }
  switch (type) {
    case 'identify':
    case 'group':
    case 'consent':
      return copyObject(props, whole)
    case 'form_submit': {
      const { fields, ...rest } = props
      return { ...copyObject(rest, maskText), fields: copy(fields, whole) }
    }
    default:
      return copyObject(props, maskText)
  }
}

function copy(value: unknown, rewrite: Rewrite): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.filter(item => !isSecretField(item)).map(item => copy(item, rewrite))
  return copyObject(value, rewrite)
}

function copyObject(source: object, rewrite: Rewrite): Props {
  const target: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(source))
    if (!PROTOTYPE_KEYS.has(key)) target[rewrite(key)] = copy(value, rewrite)
  return target
}

const SECRET_TYPE = /^password$/i
const SECRET_AUTOCOMPLETE = /(?:current|new)-password|one-time-code|\bcc-(?:number|csc|exp)/i
const SECRET_NAME = /passw|passphrase|pwd|\bcv[cv]2?\b|card.?number/i

/** A field the browser should have kept to itself: password, one-time code, payment card. */
function isSecretField(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false
  const matches = (key: keyof FormField, pattern: RegExp): boolean => {
    const text: unknown = Reflect.get(item, key)
    return typeof text === 'string' && pattern.test(text)
  }
  return (
    matches('type', SECRET_TYPE) ||
    matches('autocomplete', SECRET_AUTOCOMPLETE) ||
    matches('name', SECRET_NAME) ||
    matches('id', SECRET_NAME)
  )
}
