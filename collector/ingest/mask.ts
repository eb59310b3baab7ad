/** What stands where personal data was. */
const EMAIL_MASK = '[email]'
const NUMBER_MASK = '[number]'
const TOKEN_MASK = '[token]'

/** Bounded everywhere, so that a hostile kilobyte costs microseconds. */
const EMAIL =
  /[\p{L}\p{N}._+%-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,6}\.\p{L}{2,24}/giu
const PHONE = /\+\d(?:[\s().-]{0,2}\d){7,14}/g
/** Our choice: 9 digits and more are a phone, an account or a person's number; years, prices and dates are shorter. */
const LONG_NUMBER = /\d{9,}/g
/** A path segment of at least 24 letters and digits mixed, no dash: reset links, signed downloads. Slugs have dashes. */
const TOKEN_SEGMENT = /(?<=\/)(?=[A-Za-z_]{0,64}\d)(?=\d{0,64}[A-Za-z_])\w{24,}(?=[./]|$)/g

/** Cheap first look: most texts hold none of this. */
const MAY_HOLD_CONTACT = /@|%40|\+\d/

/** Masks e-mail addresses and international phone numbers. */
export const maskContacts = (text: string): string =>
  MAY_HOLD_CONTACT.test(text) ? text.replace(EMAIL, EMAIL_MASK).replace(PHONE, NUMBER_MASK) : text

/** Masks e-mail addresses, phone numbers and long digit runs: for titles and paths, which are not meant to carry any. */
export const maskPersonal = (text: string): string => maskContacts(text).replace(LONG_NUMBER, NUMBER_MASK)

/** As maskPersonal, and secrets that stand as a segment of a path. */
export const maskPath = (path: string): string => maskPersonal(path.replace(TOKEN_SEGMENT, TOKEN_MASK))
