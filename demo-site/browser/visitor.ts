/** Where the tag keeps this browser's ids (snippet/storage.ts): visitor, session and the time of its last event, one place per site key. */
const siteKey = document.querySelector<HTMLScriptElement>('script[data-site]')?.dataset.site ?? ''
const VISITOR = `goldpan.${siteKey}.visitor`

/** How often to look: the storage event tells other tabs, not the one that wrote. */
const LOOK_EVERY_MS = 150

/** The id the tag gave this browser; null before its first event, without consent, or without storage. */
export function visitorId(): string | null {
  try {
    return localStorage.getItem(VISITOR)?.split('.')[0] ?? null
  } catch {
    return null
  }
}

/** Ends the visit, as half an hour of silence would: the next event begins another session. */
export const endSession = (): void => localStorage.setItem(VISITOR, visitorId() ?? '')

/** Resolves with the id as soon as the tag has given one. */
export function visitorKnown(): Promise<string> {
  return new Promise(resolve => {
    const look = (): void => {
      const id = visitorId()
      if (id !== null) resolve(id)
      else setTimeout(look, LOOK_EVERY_MS)
    }
    look()
  })
}
