import type { Child } from 'hono/jsx'
import type { FormState } from '../forms.ts'

/** One page of the site: where it lives, what it is called, what it says. */
export interface Page {
  readonly path: string
  readonly title: string
  readonly description: string
  /** BCP 47; English when absent */
  readonly lang?: string
  readonly dir?: 'rtl'
  /** the page has a newsletter form of its own, so the footer leaves its out */
  readonly ownNewsletter?: boolean
  /** `form` is what a refused submission of this page's form held; empty on a first visit */
  readonly body: (form: FormState) => Child
}

/** What surrounds every page: the tag to paste, and where its files are served. */
export interface Frame {
  readonly tag: { readonly collectorUrl: string; readonly siteKey: string }
  /** URL of a static file, with a version so that it may be cached for a year */
  readonly file: (name: string) => string
}
