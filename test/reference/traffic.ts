import { byOccurrence, type Fact } from '../../collector/contracts/facts.ts'
import type { CompanyList, ScoringModel } from '../../collector/contracts/model.ts'
import { filledTrap } from '../../collector/enrich/fields.ts'
import { traitsOf } from '../../collector/enrich/traits.ts'
import type { Behaviour } from './behaviour.ts'
import { isVoidClick } from './claims.ts'

/** Whether what was done scores: people count, and those of our own who try the site with its test key. */
export function countsOf(
  facts: readonly Fact[],
  lists: ScoringModel['lists'],
  behaviour: Behaviour,
): readonly boolean[] {
  const excluded = [lists.staff, lists.competitors].filter(list => list !== undefined)
  const isListed = (fact: Fact) =>
    !fact.tooLate &&
    !isVoidClick(fact, behaviour) &&
    excluded.some(list => emailsIn(fact).some(email => isOn(list, email)))
  const since = facts.find(isListed)
  const isOfUs = (fact: Fact) =>
    behaviour.isOurOwn(fact) ||
    (since !== undefined && byOccurrence(since, fact) <= 0) ||
    excluded.some(({ ips }) => ips.includes(`${fact.ip}/24`))
  return facts.map(fact => {
    const said = behaviour.saidOf(fact)
    if (fact.tooLate) return false
    if (said !== null) return said === 'human' || said === 'test'
    if (behaviour.isProgram(fact) || isTrapped(fact)) return false
    return fact.noted?.test === true || !isOfUs(fact)
  })
}

const emailsIn = (fact: Fact): readonly string[] =>
  traitsOf(fact).flatMap(({ name, value }) => (name === 'email' ? String(value) : []))

const isOn = ({ emails, domains }: CompanyList, email: string): boolean =>
  emails.includes(email) || domains.some(domain => email.endsWith(`@${domain}`))

const isTrapped = ({ origin, type, props }: Fact): boolean =>
  origin === 'browser' && type === 'form_submit' && filledTrap(props) !== null
