import type { Fact } from '../../collector/contracts/facts.ts'
import { pageView } from '../support/facts.ts'
import { idOf } from '../support/history.ts'
import { clicked, namedUser } from '../support/proofs.ts'
import type { Deed } from './random-deeds.ts'
import { EMAILS, emailOf, PATHS, PHONE, pick, sent } from './random-values.ts'

/** Signed links, users of the customer's server, words on leads, and programs. */

const MESSAGES = ['spring', 'autumn']
const LINKS = ['https://acme.example/guide', 'https://acme.example/pricing', 'https://acme.example/demo']
const USERS = ['7', '8']

/** The lead a word addresses. */
export const leadOf = (done: Deed): string =>
  done.choice % 11 === 3 ? BY_NUMBER : idOf(`${done.odd === 'test' ? 'test:' : ''}email:${emailOf(done)}`)

/** Who gave no more than that. */
export const BY_NUMBER = idOf(`phone:${PHONE.replaceAll(' ', '')}`)

/** Another lead, or a device that says it is the lead. */
export function otherLeadOf(done: Deed): string {
  const { choice, visitor } = done
  if (choice % 7 === 1) return BY_NUMBER
  if (choice % 3 === 0) return idOf(`device:visitor-${choice % 2}:email:${emailOf(done)}`)
  return idOf(`email:${pick(EMAILS, visitor + 1 + (choice % 2))}`)
}

/** Somebody followed a link of a message: on whatever browser, one after the other. */
export function click(done: Deed, at: number, place: number, email: string, nth: number): Fact {
  const { visitor, choice, odd } = done
  const sender: Deed = {
    ...done,
    visitor: (visitor + (choice % 2) * nth) % 3,
    odd: odd === 'bot' ? 'bot' : 'no',
  }
  const given = sent(sender, at, place)
  const link = pick(LINKS, choice % 7 === 0 ? choice : choice + nth)
  const made = clicked(at, email, {}, { message: pick(MESSAGES, choice % 5 === 0 ? 1 : 0), link })
  return { ...made, ...given, noted: { ...made.noted, ...given.noted } }
}

/** The customer's server speaks of its user, with or without an address, with or without the browser. */
export function userFact({ visitor, choice }: Deed, at: number, email: string, id: string): Fact {
  const browser = { visitor: `visitor-${visitor}`, subject: `visitor-${visitor}` }
  const user = pick(USERS, choice % 5 === 0 ? 1 : 0)
  const given = { id, ...(choice % 4 === 0 ? browser : {}) }
  if (choice % 9 === 0) return callOf(namedUser(at, user, null, given))
  if (choice % 9 === 3) return formerly(namedUser(at, user, null, given))
  return namedUser(at, user, choice % 3 === 0 ? null : email, given)
}

/** A user who gives a number: that names nobody. */
const callOf = (fact: Fact): Fact => ({ ...fact, type: 'identify', props: { traits: { phone: PHONE } } })

const formerly = (fact: Fact): Fact => ({ ...fact, noted: { ...fact.noted, formerUser: pick(USERS, 1) } })

/** Pages in a row, too fast for a person, or as fast as a person can. */
export function spree(done: Deed, at: number, place: number): readonly Fact[] {
  const { choice, other } = done
  return Array.from({ length: 38 + (choice % 5) }, (_, i) => {
    const when = at + i * (1_480 + (other % 4) * 20)
    return pageView(when, pick(PATHS, choice + i), {
      ...sent(done, when, place + i),
      session: `spree-${place}`,
    })
  })
}
