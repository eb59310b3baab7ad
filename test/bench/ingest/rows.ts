import { whole as count, ms, percent } from '../../support/words.ts'
import { type Acks, capacityOf } from './ack.ts'
import type { Syncing } from './cores.ts'
import type { Beside } from './load-beside.ts'

/** Whether a goal was met; `smaller`: it does not speak of so little; `empty`: there was nothing to time; null: there is no goal. */
export type Met = boolean | 'smaller' | 'empty' | null

/** @param size of this run @param goalSize what the goal speaks of */
export const metAt = (size: number, goalSize: number, isMet: boolean): Met =>
  size < goalSize ? 'smaller' : isMet

/** A row of the table. */
export interface Row {
  readonly what: string
  readonly goal: string
  readonly measured: string
  readonly met: Met
}

export const ratio = (value: number): string => value.toFixed(2)

/** The goals of the durable answer: of the raw no-op's requests a second, and times its CPU. */
const OF_RATE = 0.35
const TIMES_CPU = 2.5

export function ackRows(acks: Acks, seconds: number): readonly Row[] {
  const { raw, hono, alone, whole, backlog, even } = acks
  const against = (what: string, { perSecond, cpuMicros, p50, p99 }: Acks['alone']): Row => {
    const [rate, cpu] = [perSecond / raw.perSecond, cpuMicros / raw.cpuMicros]
    return {
      what,
      goal: `≥ ${OF_RATE} of the raw no-op, ≤ ${TIMES_CPU} × its CPU`,
      measured: `${ratio(rate)} and ${ratio(cpu)} × (${count(perSecond)} requests/s, ${count(cpuMicros)} µs CPU; p50 ${ms(p50)}, p99 ${ms(p99)})`,
      met: rate >= OF_RATE && cpu <= TIMES_CPU,
    }
  }
  const noOp = (what: string, { perSecond, cpuMicros, clientShare }: Acks['raw']): Row => ({
    what,
    goal: '',
    measured: `${count(perSecond)} requests/s, ${count(cpuMicros)} µs CPU (client at ${percent(clientShare)} of its core)`,
    met: null,
  })
  return [
    noOp('raw node:http no-op, single-event requests, 64 connections', raw),
    noOp('Hono no-op', hono),
    against('durable ack alone (qualifier at rest)', alone),
    against('durable ack, qualification in the same process', whole),
    {
      what: '… alone, requests evenly at half that rate (fewer share a turn)',
      goal: '',
      measured: `${ratio(even.alone.cpuMicros / even.raw.cpuMicros)} × the no-op's CPU (${count(even.alone.cpuMicros)} against ${count(even.raw.cpuMicros)} µs)`,
      met: null,
    },
    {
      what: '… the qualifier besides',
      goal: '',
      measured: `${count(whole.cpuMicros - alone.cpuMicros)} µs a request are its share while the load lasts; ${leftInWords(backlog)}`,
      met: null,
    },
    {
      what: '… evenly, recorded and qualified: what keeps a core busy',
      goal: '',
      measured: `${count(capacityOf(acks, seconds))} events/s; half load is half of it`,
      met: null,
    },
  ]
}

const leftInWords = ({ timelines, drainSeconds }: Acks['backlog']): string =>
  `${count(timelines)} timelines dirty at the end, drained in ${drainSeconds.toFixed(1)} s`

/** Events a second on a core, ten a request. */
const TENS_PER_SECOND = 18_000

export function tenRows({ alone, whole, backlog }: Acks): readonly Row[] {
  const of = (what: string, { perSecond, cpuMicros }: Acks['alone']): Row => ({
    what,
    goal: `≥ ${count(TENS_PER_SECOND)} events/s on a core`,
    measured: `${count(perSecond)} events/s; ${count(1e6 / cpuMicros)} a CPU second (${count(cpuMicros)} µs each)`,
    met: perSecond >= TENS_PER_SECOND,
  })
  return [
    of('ten events a request, acknowledged (qualifier at rest)', alone),
    {
      ...of('… qualification in the same process', whole),
      measured: `${of('', whole).measured}; ${leftInWords(backlog)}`,
    },
  ]
}

export const syncRow = ({ p50, p99 }: Syncing): Row => ({
  what: 'the disk: a 4 KB append and fdatasync',
  goal: '',
  measured: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  met: null,
})

/** A collector that refuses is quick at everything else: beside a load that was not taken whole no goal is met. */
export const isTakenWhole = ({ notAccepted }: Beside): boolean => Object.keys(notAccepted).length === 0

export function besideInWords({ p50, p99, notAccepted }: Beside): string {
  const others = Object.entries(notAccepted).map(([what, requests]) => `${what} × ${count(requests)}`)
  return `ack p50 ${ms(p50)}, p99 ${ms(p99)}${others.length > 0 ? `, not accepted: ${others.join(', ')}` : ''}`
}
