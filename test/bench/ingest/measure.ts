import type { Tally } from '../../support/load/tally.ts'
import { ownShareSoFar } from '../../support/process-figures.ts'
import { median, quantileOf } from '../../support/quantiles.ts'
import type { Server } from './servers.ts'

/** One load on one server. Requests or events, as the load counts them. */
export interface Measured {
  readonly perSecond: number
  /** of the server's process, for each */
  readonly cpuMicros: number
  /** how much of its core the client used: near 1, it is the client that was measured */
  readonly clientShare: number
  readonly p50: number
  readonly p99: number
}

/** @param each how many of what is counted are in a request @throws Error unless every answer is a 202 */
export async function measure(server: Server, load: () => Promise<Tally>, each = 1): Promise<Measured> {
  const cpu = server.cpuSeconds()
  const clientShare = ownShareSoFar()
  const tally = await load()
  const count = tally.answered * each
  expectAccepted(server, tally)
  return {
    perSecond: count / tally.seconds,
    cpuMicros: ((server.cpuSeconds() - cpu) / count) * 1e6,
    clientShare: clientShare(),
    ...latenciesOf(tally),
  }
}

export const latenciesOf = ({ latencies }: Tally): Pick<Measured, 'p50' | 'p99'> => ({
  p50: quantileOf(latencies, 0.5),
  p99: quantileOf(latencies, 0.99),
})

function expectAccepted({ name }: Pick<Server, 'name'>, { statuses, lost, answered }: Tally): void {
  if (answered > 0 && statuses[202] === answered && Object.keys(lost).length === 0) return
  const came = JSON.stringify({ statuses, lost })
  throw new Error(`${name}: expected 202 for every request, came ${came}`)
}

/** Of several rounds the median of each figure. */
export function medians(rounds: readonly Measured[]): Measured {
  const of = (figure: keyof Measured): number => median(rounds.map(round => round[figure]))
  return {
    perSecond: of('perSecond'),
    cpuMicros: of('cpuMicros'),
    clientShare: of('clientShare'),
    p50: of('p50'),
    p99: of('p99'),
  }
}
