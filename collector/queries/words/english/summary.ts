import type { DeedGroup, Recent, Summary, Who } from '../../summary.ts'
import type { When } from '../language.ts'
import { oneLine, spaced, valueName } from './names.ts'
import { capitalised, count, times, withArticle } from './numbers.ts'
import { standing, whatIsEnough } from './standing.ts'
import { day } from './time.ts'

/** Who it is, what they did lately, how they stand and why, what comes next: two to four sentences. */
export function summaryInEnglish(summary: Summary): string {
  const when = { at: summary.at, timezone: summary.model.timezone }
  const rest = [recently(summary.recent, when), standing(summary, when), next(summary, when)]
  // An address stays in small letters.
  const sentences = [who(summary), ...rest.map(capitalised)]
  return sentences
    .filter(text => text !== '')
    .map(text => oneLine(`${text}.`))
    .join(' ')
}

function who({ who: person, state, firstTouch }: Summary): string {
  if (state.stage === 'anonymous') return `An anonymous visitor${origin(firstTouch)}`
  return person === null ? '' : named(person)
}

function named(person: Who): string {
  const title = person.title ?? rank(person)
  const kind = companyWords(person)
  const name = person.name ?? (title === null ? (person.contact ?? 'Somebody') : null)
  if (person.name === null && title === null && kind === null) return `${name}, of whom little is known`
  const company = [person.company, kind].filter(text => text !== null).join(', ')
  const place = company === '' ? '' : ` ${title === null ? 'from' : 'at'} ${company}`
  return `${[name, title].filter(text => text !== null).join(', ')}${place}`
}

const origin = (touch: Summary['firstTouch']): string =>
  touch === null || touch.channel === 'direct' || touch.channel === 'other'
    ? ''
    : `, who first came by ${spaced(touch.channel)}`

/** Where no title is known. */
const rank = ({ seniority, jobFunction }: Who): string | null =>
  [jobFunction, seniority]
    .filter(text => text !== null)
    .map(text => valueName(text))
    .join(' ') || null

/** `an IT company of about 120 people` */
function companyWords({ industry, size }: Who): string | null {
  if (industry === null && size === null) return null
  const kind = industry === null ? 'company' : `${valueName(industry)} company`
  return `${withArticle(kind)}${size === null ? '' : ` of about ${size} people`}`
}

/** More of them would be a list, not a sentence. */
const MAX_DEEDS = 4

function recently({ days, lastAt, deeds }: Recent, when: When): string {
  if (lastAt === null) return 'nothing done on the site yet'
  const named = deeds.filter(({ type, what }) => type !== 'page_view' || what !== null)
  const told = (named.length > 0 ? named : deeds).slice(0, MAX_DEEDS).map(deedWords).join(', ')
  const more = named.length > MAX_DEEDS ? ' and more' : ''
  return days === null
    ? `last here on ${day(lastAt, when)}; in all: ${told}${more}`
    : `in the last ${days === 14 ? 'two weeks' : `${count(days)} days`}: ${told}${more}`
}

function deedWords({ type, what, count: n }: DeedGroup): string {
  const often = n === 1 ? '' : ` ${times(n)}`
  switch (type) {
    case 'page_view':
      return what === null
        ? `${n === 1 ? 'one visit' : `${count(n)} visits`} to other pages`
        : `${spaced(what)}${often}`
    case 'download':
      return `the download “${titleOf(what ?? 'a file')}”${often}`
    case 'form_submit':
      return what === null ? `a form${often}` : `the ${spaced(what)} form${often}`
    default:
      return `${spaced(type)}${often}`
  }
}

/** `10-strategies-guide.pdf` as people would say it. */
const titleOf = (file: string): string => file.replace(/\.[a-z0-9]{2,5}$/i, '').replaceAll(/[-_+]+/g, ' ')

function next(summary: Summary, when: When): string {
  const { state, missing } = summary
  if (state.stage === 'mql') {
    return state.nextDueAt === null ? '' : `cools on ${day(state.nextDueAt, when)} if nothing happens`
  }
  const isHeldBack = missing.some(one => one.kind === 'condition' && one.lack.kind === 'none')
  const enough = isHeldBack ? whatIsEnough(summary, when) : ''
  return enough === '' ? '' : `${enough} all the same`
}
