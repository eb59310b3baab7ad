declare global {
  interface Navigator {
    /** Global Privacy Control, where the browser has it */
    readonly globalPrivacyControl?: boolean
  }
}

/** Our own tag: known only while it runs for the first time; a bundled snippet has none and leaves one in the page. */
const tag = document.currentScript ?? document.querySelector('script[data-site]')
const { dataset, src } = tag as HTMLScriptElement

/** The attributes of the tag that begin with `data-`. */
export const options: Readonly<DOMStringMap> = dataset

/** What the debug chunk tells on the console; nothing without `data-debug`. */
export const trace: (readonly unknown[])[] | undefined = 'debug' in dataset ? [] : undefined

/** Where the collector is: `data-endpoint`, a path of which ends with a slash; by default where the script came from. */
export const base = new URL(dataset.endpoint ?? '.', src).href

/** The browser asks not to be tracked: Global Privacy Control unless overruled, Do Not Track if the owner listens to it. */
export const objects =
  (navigator.globalPrivacyControl && dataset.gpc !== 'ignore') ||
  ('dnt' in dataset && navigator.doNotTrack === '1')

/** `/admin/*, /intern` as one expression: `*` stands for any characters, the rest for itself. */
export const globs = (list = ''): RegExp =>
  RegExp(
    `^(${list
      .replace(/[^*\s,\w]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/[\s,]+/g, '|')})$`,
  )
