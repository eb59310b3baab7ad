declare global {
  interface Navigator {
    /** Global Privacy Control, where the browser has it */
    readonly globalPrivacyControl?: boolean
  }
}

/** Our own tag: known only while it runs for the first time. */
const script = document.currentScript
const { dataset, src } = script && 'src' in script ? script : document.createElement('script')

/** The public key of the site, `pk_live_…` or `pk_test_…`. */
export const site = dataset.site ?? ''

/** `data-debug`: a developer wants to see on the console what is recorded and what goes wrong. */
export const debugging = dataset.debug != null

/** The browser asks not to be tracked, and the owner did not overrule it. */
export const hasGpc = !!navigator.globalPrivacyControl && dataset.gpc !== 'ignore'

/** `data-consent`: anything but `granted` means that a person who was not asked may not be tracked. */
export const consentMode = dataset.consent ?? 'granted'

/** Whether an automatic capture is switched on. @default true */
export const captures = (name: 'forms' | 'downloads'): boolean => dataset[name] !== 'off'

/** Where events go: `data-endpoint`, by default where the script came from, so that a proxy path just works. */
export const eventsUrl = `${(dataset.endpoint ?? src.replace(/[^/]*(\?.*)?$/, '')).replace(/\/$/, '')}/v1/events`

/** `/admin/*, /intern` as one expression: `*` stands for any characters, the rest for itself. */
export const globs = (list: string): RegExp =>
  RegExp(
    `^(${list
      .replace(/[^*\s,\w]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/[\s,]+/g, '|')})$`,
  )

/** Paths on which nothing is recorded (`data-exclude`). */
export const excluded = globs(dataset.exclude ?? '')
