/** Says how far a long step is: done and of how many. */
export type Say = (step: string, done: number, total: number) => void

const EVERY_MS = 5_000

/** A line now and then on standard error, with an estimate of the time left. */
export function saying(): Say {
  let saidAt = Date.now()
  let current = { step: '', since: 0, first: 0 }
  return (step, done, total) => {
    const now = Date.now()
    if (current.step !== step) current = { step, since: now, first: done }
    if (now - saidAt < EVERY_MS || done >= total) return
    saidAt = now
    const rate = (done - current.first) / (now - current.since)
    const left = rate > 0 ? `, about ${Math.ceil((total - done) / rate / 1_000)} s left` : ''
    console.error(`  ${step}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${left}`)
  }
}
