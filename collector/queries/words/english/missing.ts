import type { Lack, Progress } from '../../lacks.ts'
import type { Missing } from '../../missing.ts'
import type { When } from '../language.ts'
import { predicate, range, statement } from './conditions.ts'
import { deedName, spaced, traitName } from './names.ts'
import { amount, and, capitalised, count, gap, or, soFar, withArticle } from './numbers.ts'
import { day, deadline, moment, span } from './time.ts'

export function missingInEnglish(missing: Missing, when: When): string {
  switch (missing.kind) {
    case 'condition':
      return lackLine(missing.lack, when)
    case 'contact':
      return 'Neither e-mail nor phone is known'
    case 'gate':
      return `Excluded: ${exclusion(missing, when)}`
    case 'cooldown':
      return `Cooling down until ${moment(missing.until, when)} (${spaced(missing.reason)})`
    case 'new_points':
      return newPointsLine(missing, when)
    case 'trait':
      return traitLine(missing)
  }
}

/** By which gate somebody is excluded, and how long if that ends: `flagged as job seeker until 12 February`. */
export function exclusion({ because, gate, until }: Extract<Missing, { kind: 'gate' }>, when: When): string {
  const why = because ? statement(because) : gate
  return until === null ? why : `${why} until ${day(until, when)}`
}

function traitLine({ rule, traits }: Extract<Missing, { kind: 'trait' }>): string {
  const [only, ...others] = traits
  const verb = others.length > 0 ? 'are' : 'is'
  const worth = `${rule.points < 0 ? '' : '+'}${amount(rule.points)}`
  const isPlain = 'key' in rule.if && rule.if.key === only
  const wish = isPlain && 'key' in rule.if ? `it ${predicate(rule.if.is)}` : statement(rule.if)
  return `${capitalised(and(traits.map(traitName)))} ${verb} not known (${worth} if ${wish})`
}

function newPointsLine({ has, needs, since }: Extract<Missing, { kind: 'new_points' }>, when: When): string {
  const earned = `earned since ${day(since, when)}`
  if (has === null) return `Needs ${amount(needs)} engagement points ${earned}`
  return `New engagement points ${soFar(has, needs)} of ${amount(needs)}, ${earned}`
}

/** An unmet condition as a line of its own. */
function lackLine(lack: Lack, when: When): string {
  switch (lack.kind) {
    case 'score':
      return scoreLine(lack)
    case 'grade':
      return `Grade is ${lack.has}, not ${range(lack.is)}`
    case 'sign':
      return `No sign of ${range(lack.is)} yet`
    case 'unknown':
      return `${capitalised(and(lack.traits.map(traitName)))} ${lack.traits.length > 1 ? 'are' : 'is'} not known`
    case 'value':
      return `${capitalised(traitName(lack.trait))} is not ${range(lack.is)}`
    case 'none':
      return `Must not be: ${or(lack.holding.map(statement))}`
    case 'any':
    case 'rules': {
      const ways = waysOf(lack, when, inFull)
      return ways.length === 1 ? `Not yet: ${ways[0]}` : `None of these yet: ${ways.join('; ')}`
    }
  }
}

function scoreLine({ axis, has, is }: Extract<Lack, { kind: 'score' }>): string {
  const name = capitalised(axis)
  const floor = 'from' in is ? is.from : undefined
  if (floor === undefined || has >= floor) return `${name} ${amount(has)} is not ${range(is)}`
  return `${name} ${amount(has)} of ${amount(floor)}: ${gap(has, floor)} more points`
}

/** What would have to come, as a noun: `12 more engagement points`; of many ways the first two. */
export function wanted(lack: Lack, when: When): string {
  switch (lack.kind) {
    case 'score': {
      const floor = 'from' in lack.is ? lack.is.from : undefined
      if (floor === undefined || lack.has >= floor) return `${lack.axis} ${range(lack.is)}`
      return morePoints(gap(lack.has, floor), lack.axis)
    }
    case 'grade':
      return `grade ${range(lack.is)}`
    case 'sign':
      return `a sign of ${range(lack.is)}`
    case 'unknown':
      return `the ${and(lack.traits.map(traitName))} to be known`
    case 'value':
      return `${traitName(lack.trait)} ${range(lack.is)}`
    case 'none':
      return `not ${or(lack.holding.map(statement))}`
    case 'any':
    case 'rules': {
      const [first = '', second, ...more] = waysOf(lack, when, inShort)
      return second === undefined ? first : `${first} (or ${second}${more.length > 0 ? ', or the like' : ''})`
    }
  }
}

const morePoints = (more: string, axis: string): string =>
  `${more} more ${axis} ${more === '1' ? 'point' : 'points'}`

type SayRule = (progress: Progress, when: When) => string

/** Every way to meet a condition that has several. */
function waysOf(lack: Lack, when: When, say: SayRule): readonly string[] {
  if (lack.kind === 'rules') return [...new Set(lack.rules.map(one => say(one, when)))]
  if (lack.kind !== 'any') return [wanted(lack, when)]
  return lack.ways.flatMap(way => {
    const [only, ...others] = way
    if (only && others.length === 0) return waysOf(only, when, say)
    return and(way.map(one => or(waysOf(one, when, say))))
  })
}

/** What is left to do. */
const inShort: SayRule = (progress, when) => {
  const { rule, has, until } = progress
  const more = (rule?.window?.atLeast ?? 0) - has
  if (!rule || until === null || more < 1) return whole(progress)
  return `${count(more)} more ${deedName(rule, more)} ${deadline(until, when)}`
}

function whole({ id, rule }: Progress): string {
  if (!rule) return id
  const { window } = rule
  return window && window.atLeast > 1
    ? `${count(window.atLeast)} ${deedName(rule, window.atLeast)} within ${span(window.withinMs)}`
    : withArticle(deedName(rule))
}

const inFull: SayRule = (progress, when) => {
  const { rule, has, until } = progress
  const more = (rule?.window?.atLeast ?? 0) - has
  if (until === null || more < 1) return whole(progress)
  return `${whole(progress)} (${count(has)} so far; ${count(more)} more ${deadline(until, when)})`
}
