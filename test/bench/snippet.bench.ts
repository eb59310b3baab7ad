import { parseArgs } from 'node:util'
import { ensureChromium } from '../../scripts/lib/ensure-chromium.mjs'
import { step } from '../../scripts/lib/progress.mjs'
import { runInTerminal } from '../../scripts/lib/run.mjs'
import { launchChromium } from '../support/chromium.ts'
import { deliveryRows } from './snippet/delivery-rows.ts'
import { profileStartup } from './snippet/profile.ts'
import { provenRows } from './snippet/proven-rows.ts'
import { markdown, type Row } from './snippet/row.ts'
import { sizeRows } from './snippet/sizes.ts'
import { measureStartup } from './snippet/startup.ts'
import { startupRows } from './snippet/startup-rows.ts'
import { goldpan, NO_OP, plausible } from './snippet/trackers.ts'
import { viewRows } from './snippet/view.ts'

/*
 * What the snippet must reach, measured beside its peers. Start-up time is the main thread's CPU time of the slices of a
 * Chromium trace that compile or run the tracker's code, from the tag to two seconds after the page has loaded, so that
 * timers, idle work and the first send count. Each load has a fresh profile; ours and Plausible's package with the same
 * features on take turns on the same page; medians, with the middle half beside. Wall times hold waiting for the
 * browser's other processes, and whatever else the machine does.
 */

const { values: asked } = parseArgs({
  options: {
    /** page loads of each tracker at each throttle */
    loads: { type: 'string', default: '40' },
    /** runs of each way to leave a page; without it, what was lost is not measured */
    delivery: { type: 'string' },
    /** a folder of labelled forms */
    corpora: { type: 'string' },
    /** page loads to sample: where the start's time goes */
    profile: { type: 'string' },
  },
})

await ensureChromium()
const browser = await launchChromium({ whole: true })
try {
  const ours = await goldpan()
  const [rival, rivalByDefault] = await plausible().catch(error => {
    console.log(`Plausible is not measured: ${error.message}`)
    return []
  })
  const beside = rival && rivalByDefault ? [rival, rivalByDefault, NO_OP] : [NO_OP]
  const rows: Row[] = [...(await step('Sizes', () => sizeRows(ours, rival)))]
  const loads = Number(asked.loads)
  for (const throttle of [1, 4]) {
    const times = await step(`Start-up at ${throttle}×`, say => {
      const onProgress = (load: number) => load % 10 === 0 && say(`${load} of ${loads}`)
      return measureStartup({ browser, trackers: [ours, ...beside], loads, throttle, onProgress })
    })
    rows.push(...startupRows(throttle, times, rival))
  }
  rows.push(...(await step('Traffic', () => viewRows(browser, rival ? [ours, rival] : [ours]))))
  if (asked.delivery) {
    const runs = Number(asked.delivery)
    rows.push(
      ...(await step('Delivery', say =>
        deliveryRows(ours, runs, (done, of) => done % 100 === 0 && say(`${done} of ${of}`)),
      )),
    )
  }
  console.log(`\n${markdown([...rows, ...provenRows()])}`)
  if (asked.profile) {
    const costs = await step('Profile', () => profileStartup(browser, Number(asked.profile)))
    console.log('\nWall milliseconds a load, samples of the unminified snippet')
    for (const { where, selfMs } of costs.slice(0, 40))
      console.log(`${selfMs.toFixed(2).padStart(7)}  ${where}`)
  }
} finally {
  await browser.close()
}
if (asked.corpora) process.exitCode = await runInTerminal(['scripts/eval.mjs', asked.corpora])
