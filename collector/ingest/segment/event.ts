import { RESERVED_TYPES } from '../../../shared/events.ts'
import { LIMITS } from '../../../shared/limits.ts'
import { isPlaceholderId } from '../../../shared/placeholders.ts'
import { type Fields, fieldsIn, textIn } from './message.ts'
import { PAGE_KEYS } from './page.ts'
import { trimmed } from './trim.ts'

/** The calls of Segment's HTTP API, as messages of a batch name them. */
export const CALLS = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
export type Call = (typeof CALLS)[number]

export interface Said {
  readonly type: string
  readonly props: Fields
}

/** What a call says, in the words of our vocabulary (shared/events.ts). Whether it fits is checked later, with all events. */
export const SAID_BY: Readonly<Record<Call, (message: Fields) => Said>> = {
  track: message => ({
    type: eventName(textIn(message, 'event') ?? ''),
    props: trimmed(fieldsIn(message, 'properties'), 1),
  }),
  identify: message => ({ type: 'identify', props: whoIn(message) }),
  page: message => ({ type: 'page_view', props: pageProps(message) }),
  screen: message => ({ type: 'page_view', props: pageProps(message) }),
  group: message => ({
    type: 'group',
    props: { group: textIn(message, 'groupId'), traits: trimmed(fieldsIn(message, 'traits'), 2) },
  }),
  alias: message => ({
    type: 'alias',
    props: trimmed({ userId: textIn(message, 'userId'), previousId: textIn(message, 'previousId') }, 1),
  }),
}

/** A name of the caller's choice; those by which only people speak get a prefix, for they may mean anything here. */
function eventName(name: string): string {
  const short = name.trim().slice(0, LIMITS.nameChars)
  return RESERVED_TYPES.has(short) ? `track:${short}` : short
}

function pageProps(message: Fields): Fields {
  const said = Object.entries(fieldsIn(message, 'properties')).filter(([name]) => !PAGE_KEYS.has(name))
  const [name, category] = [textIn(message, 'name'), textIn(message, 'category')]
  return trimmed(
    {
      ...(name !== undefined && { name }),
      ...(category !== undefined && { category }),
      ...Object.fromEntries(said),
    },
    1,
  )
}

const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Many sites use the address as their user's id, and say it nowhere else. */
function whoIn(message: Fields): Fields {
  const traits = { ...fieldsIn(fieldsIn(message, 'context'), 'traits'), ...fieldsIn(message, 'traits') }
  const user = textIn(message, 'userId')
  const email = textIn(traits, 'email') ?? (user !== undefined && E_MAIL.test(user) ? user : undefined)
  const phone = textIn(traits, 'phone')
  const { email: _, phone: __, ...others } = traits
  return {
    ...(email !== undefined && { email: email.slice(0, LIMITS.stringChars) }),
    ...(phone !== undefined && { phone: phone.slice(0, LIMITS.stringChars) }),
    traits: trimmed(withUser(others, user), 2),
  }
}

/** The user's id beside the traits, where nothing stands in the way: with a public key it is kept nowhere else. */
function withUser(traits: Fields, user: string | undefined): Fields {
  const isToBeKept = user !== undefined && !isPlaceholderId(user) && !E_MAIL.test(user)
  return isToBeKept && Object.keys(traits).length < LIMITS.keys ? { userId: user, ...traits } : traits
}
