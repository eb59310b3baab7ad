import { beginView, reportView } from './capture/engagement.ts'
import { showPage } from './capture/page-views.ts'
import { guard } from './edge.ts'
import { type AnyProps, record } from './record.ts'
import { forgetSession } from './session.ts'
import { decide, denied } from './storage.ts'
import { forgetVisitor } from './visitor.ts'

/** The page's side of the snippet: `goldpan('track', 'webinar_signup', { seat: 2 })`. */
export interface Goldpan {
  (...call: readonly unknown[]): unknown
  /** calls made on the stub before the script came */
  q?: Iterable<Iterable<unknown>>
  /** set on the real thing, so that a second copy of the tag stays quiet */
  live?: boolean
}

declare global {
  interface Window {
    goldpan?: Goldpan
  }
}

type Scalar = string | number | boolean | null

const isObject = (value: unknown): value is AnyProps => Object(value) === value
const isScalar = (value: unknown): value is Scalar => !isObject(value)

/** The e-mail may come first or among the traits. Traits are scalars: the rest of them is left out. */
const identify = (first: unknown, given: AnyProps): void => {
  const traits: Record<string, Scalar> = {}
  for (const name in given) if (isScalar(given[name])) traits[name] = given[name]
  const email = /\S+@\S+\.\S+/.exec(`${first} ${given.email}`)?.[0]
  if (email || Object.keys(traits)[0]) record('identify', { ...(email && { email }), traits })
}

/** From a grant on the person is recorded, beginning with the page they see; a refusal ends the view untold. */
const consent = (answer: unknown): void => {
  const wasDenied = denied()
  decide(`${answer}`)
  if (denied()) beginView()
  else if (wasDenied) showPage({})
}

/** The next person at this browser is a stranger; what the last one did on this page is told, and is over. */
const reset = (): void => {
  reportView()
  beginView()
  forgetVisitor()
  forgetSession()
}

/** What becomes `window.goldpan`. Calls that make no sense do nothing. */
export const goldpan: Goldpan = guard((command, first, ...more) => {
  const given = [...more, first].find(isObject) ?? {}
  const commands: Readonly<Record<string, () => unknown>> = {
    identify: () => identify(first, given),
    page: () => showPage(given),
    track: () => first && record(`${first}`, given),
    consent: () => consent(first),
    reset,
  }
  commands[`${command}`]?.()
})
