/** What stands in the place of an id and is none: everybody of such a site would be one person (collector.md, Identity). */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** What integrations send for a person who is not known, and names of variables sent instead of their values. */
const NOBODYS_IDS = words(`
  null undefined none nil nan n/a na n.a n.a. void empty blank missing unset anonymous anonym anon guest unknown nobody noone
  notset (notset) notauthenticated unauthenticated notavailable unidentified unavailable unassigned notloggedin loggedout
  deleted invalid default true false -1 inf infinity -infinity object id ids uid uuid guid userid distinctid anonymousid anonid
  visitorid clientid customerid contactid personid leadid memberid accountid externalid sessionid deviceid profileid
  subscriberid youruserid yourid uniqueid uniqueuserid someuserid myuserid username login email emailaddress name user visitor
  customer test tester testing testuser example sample demo dummy fake asdf qwerty todo tbd changeme 12345678 123456789
  1234567890 0123456789 123e4567e89b12d3a456426614174000 гость анонимно анонимен анонимный аноним неизвестно неизвестен anonyme
  anonimo anonimowy inconnu desconocido unbekannt gast
`)

/** `{{user_id}}`, `${userId}`, `%USERID%`, `<%= id %>`, `[[id]]`, `*|UID|*`, `<user_id>`, `{user.id}`, `__USER_ID__`, `:user_id`. */
const TEMPLATES =
  /\{\{|\}\}|\$\{|<%|%>|\[\[|\*\||^\{.*\}$|^%{1,2}[^%]+%{1,2}$|^<.*>$|^\[.*\]$|^__.+__$|^[:$@#][a-z_.]+$|^\$\(.*\)$/u

/** A digit this often is a filler; fewer may be a customer's number. */
const REPEATED_DIGITS = 5
const REPEATED_LETTERS = 3

/**
 * Whether a user's or visitor's id is one that broken integrations send for everybody: `null`, `anonymous`, `{{user_id}}`,
 * `00000000-0000-…`. Case, white space around it and quotes do not matter.
 */
export function isPlaceholderId(id: string): boolean {
  const text = unquoted(id.normalize('NFKC').trim().toLowerCase())
  const closed = text.replace(/[\s_-]+/g, '')
  if (closed === '' || NOBODYS_IDS.has(text) || NOBODYS_IDS.has(closed)) return true
  if (TEMPLATES.test(text)) return true
  const bare = closed.replace(/[^\p{L}\p{N}]/gu, '')
  if (bare === '' || /^0+$/.test(bare)) return true
  return /^(.)\1*$/u.test(bare) && bare.length >= (/\d/.test(bare) ? REPEATED_DIGITS : REPEATED_LETTERS)
}

const unquoted = (text: string): string => text.replace(/^["'`“”‘’«»\s]+|["'`“”‘’«»\s]+$/gu, '')
