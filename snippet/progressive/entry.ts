import { base, options } from '../config.ts'
import { guard, handler, listen } from '../edge.ts'
import { area, isGranted, VISITOR } from '../storage.ts'
import { fieldNames, isBegun, showOnly } from './fields.ts'

/**
 * `goldpan-forms.js`, a script of its own beside the tag: forms marked `data-goldpan-progressive` show only the fields that
 * are still unknown of who is at this browser. Nothing waits for it, and whatever fails leaves every field shown.
 */

/** Our choice: whoever has waited longer has begun to fill in the form. */
const PATIENCE_MS = 1_500

const asked = new WeakSet<HTMLFormElement>()

const formsToAsk = (): readonly HTMLFormElement[] =>
  [...document.querySelectorAll<HTMLFormElement>('form[data-goldpan-progressive]')].filter(
    form => !asked.has(form),
  )

/** Names of unknown fields; null: nobody answered in time, or not as we know it. */
const ask = async (visitor: string, fields: readonly string[]): Promise<readonly string[] | null> => {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    const response = await fetch(`${base}v1/profile/unknown`, {
      method: 'POST',
      // as text, so that no preflight is due
      body: JSON.stringify({ site: options.site, visitor, fields }),
      credentials: 'omit',
      signal: patience.signal,
    })
    const { unknown }: { readonly unknown?: unknown } = await response.json()
    return response.ok && Array.isArray(unknown) ? unknown : null
  } finally {
    clearTimeout(timer)
  }
}

/** Asks for all forms that nobody asked for yet, once; not for who may not be tracked, or is not known at all. */
const askForForms = guard(async () => {
  const visitor = isGranted() && area[VISITOR]?.split('.')[0]
  const forms = formsToAsk()
  const fields = [...new Set(forms.flatMap(form => fieldNames(form)))]
  if (!visitor || fields.length === 0) return
  for (const form of forms) asked.add(form)
  const unknown = await ask(visitor, fields)
  if (unknown) for (const form of forms) tellForm(form, unknown)
})

/** The page may do it in its own way: then it stops the event. */
const tellForm = (form: HTMLFormElement, unknown: readonly string[]): void => {
  const own = fieldNames(form).filter(name => unknown.includes(name))
  const detail = { unknown: own }
  const event = new CustomEvent('goldpan:unknown', { bubbles: true, cancelable: true, detail })
  if (form.dispatchEvent(event) && !isBegun(form)) showOnly(form, own)
}

const onceMore = handler(() => askForForms())
if (document.readyState === 'loading') listen(document, { DOMContentLoaded: onceMore })
else void askForForms()
// the tag may only then have taken up whom the collector knows by its cookie
if (document.readyState !== 'complete') listen(window, { load: onceMore })
listen(document, { 'goldpan:ask': onceMore })
