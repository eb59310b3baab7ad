/** What this release judges otherwise than the first one, on purpose: each with the words that rule it. */

interface Ruling {
  /** e-mail address, or telephone number */
  readonly who: string
  /** what is answered otherwise (first-schema.ts) */
  readonly parts: readonly string[]
  readonly ruling: string
  /** the release of schema 3 judges so, too */
  readonly firstAlone?: true
}

export const JUDGED_OTHERWISE: readonly Ruling[] = [
  {
    who: 'spy@rival.example',
    parts: ['engagement', 'because'],
    ruling: 'identity.md, Which traffic counts: what comes from list `competitors` does not score',
  },
  {
    who: 'hurried@heath.example',
    parts: ['engagement', 'firstTouch', 'lastTouch', 'because'],
    ruling: 'identity.md, Which traffic counts: 40 pages within a minute, until a pause of half an hour',
  },
  {
    who: 'iva@ivy.example',
    parts: ['engagement', 'lastSeenAt', 'visitors', 'because'],
    ruling: 'identity.md, Unconfirmed devices: her address was proven on one browser, another only typed it',
  },
  {
    who: 'iva@ivy.example',
    parts: ['came'],
    ruling: 'identity.md, Unconfirmed devices: what that browser did is kept apart',
  },
  {
    who: 'pavla@palm.example',
    parts: ['engagement', 'because'],
    ruling: 'model.md, Pages without a pattern: every page has a category by default',
  },
  {
    who: '+359888123456',
    parts: ['traits'],
    ruling: 'identity.md, How sure it is: values we conclude ourselves, country from a phone number',
  },
  {
    who: 'olaf@olive.example',
    parts: ['transitions'],
    ruling: 'scoring.md, fine print: what a person decided stands until the next event, and no longer',
    firstAlone: true,
  },
  {
    who: 'vera@violet.example',
    parts: ['handoffs'],
    ruling: 'contracts/state.ts, HandoffStatus: one that waits lapses when its episode is over',
    firstAlone: true,
  },
  {
    who: 'bella@fern.example',
    parts: ['handoffs'],
    ruling: 'contracts/state.ts, HandoffStatus: one that waits lapses when its episode is over',
    firstAlone: true,
  },
]

/** Whose hand-offs lapse by the last of these rulings. */
export const LAPSED: readonly string[] = ['vera@violet.example', 'bella@fern.example']

/** By the first two rulings: how many more or fewer events there are of a type and a kind of traffic. */
export const REREAD: Readonly<Record<string, number>> = {
  'form_submit human': -2,
  'form_submit bot': 1,
  'form_submit competitor': 1,
  'page_view human': -45,
  'page_view bot': 45,
}
