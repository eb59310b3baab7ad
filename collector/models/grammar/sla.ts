import Type, { type Static } from 'typebox'
import type { Sla } from '../../contracts/model.ts'
import { quoted, type Report } from '../problems.ts'
import { itemsOf, type Tree, treeAt } from '../tree.ts'
import { Duration, millisOf } from './basics.ts'

const closed = { additionalProperties: false }
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY = `(?:${DAYS.join('|')})`
const SPAN = `${DAY}(?:-${DAY})?`
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d'

const Hours = Type.String({
  pattern: `^${SPAN}(?:,${SPAN}){0,6} ${CLOCK}-(?:${CLOCK}|24:00)$`,
  description: 'business hours such as "mon-fri 09:00-17:00"',
})
const Holiday = Type.String({
  pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$',
  description: 'a day such as 2026-12-25',
})

/** `sla`: what marketing and sales promise each other. */
export const SlaEntry = Type.Object(
  {
    accept: Type.Optional(Duration),
    qualify: Type.Optional(Duration),
    hours: Type.Optional(Hours),
    holidays: Type.Optional(Type.Array(Holiday, { description: 'a list of days such as [2026-12-25]' })),
    target: Type.Optional(
      Type.Object(
        {
          mqlsPerMonth: Type.Optional(
            Type.Number({ exclusiveMinimum: 0, description: 'a number above zero' }),
          ),
          acceptedShare: Type.Optional(
            Type.Number({ minimum: 0, maximum: 1, description: 'a share from 0 to 1, such as 0.5' }),
          ),
        },
        { ...closed, description: 'targets { mqlsPerMonth, acceptedShare }' },
      ),
    ),
  },
  { ...closed, description: 'accept, qualify, hours, holidays and target' },
)

export function slaOf(sla: Static<typeof SlaEntry> | undefined): Sla | null {
  if (!sla) return null
  const { accept, qualify, hours, holidays, target } = sla
  return {
    acceptMs: accept === undefined ? null : millisOf(accept),
    qualifyMs: qualify === undefined ? null : millisOf(qualify),
    hours: hours ?? null,
    holidays: holidays ?? [],
    target: { mqlsPerMonth: target?.mqlsPerMonth ?? null, acceptedShare: target?.acceptedShare ?? null },
  }
}

/** What only a calendar knows: hours that end after they begin, days and weeks that exist. */
export function checkSla(tree: Tree | null, report: Report): void {
  const hours = treeAt(tree, 'hours')
  const [days = '', clock = ''] = String(hours?.value ?? '').split(' ')
  const [opens = '', closes = ''] = clock.split('-')
  if (hours && opens >= closes) {
    report(hours, { expected: 'hours that end after they begin', got: quoted(hours.value) })
  }
  if (hours && days.split(',').some(runsBackwards)) {
    report(hours, { expected: 'days in the order of the week, from mon to sun', got: quoted(hours.value) })
  }
  for (const day of itemsOf(treeAt(tree, 'holidays'))) {
    if (!isCalendarDay(String(day.value)))
      report(day, { expected: 'a day that exists', got: quoted(day.value) })
  }
}

function runsBackwards(span: string): boolean {
  const [first = '', last = first] = span.split('-')
  return DAYS.indexOf(first) > DAYS.indexOf(last)
}

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
