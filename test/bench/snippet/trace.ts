import type { CDPSession } from 'playwright-core'

/** A span of work on one thread, as Chromium traces it. */
export interface Slice {
  readonly name: string
  /** process and thread */
  readonly thread: string
  /** microseconds since some beginning */
  readonly ts: number
  readonly wallMs: number
  /** of the thread's own clock, which stands still while other programs have the core or the thread waits */
  readonly cpuMs: number
  /** of the script, where the span is about one */
  readonly url: string
}

/** What says which script ran when: few categories, because tracing costs time too. */
const CATEGORIES = ['devtools.timeline', 'v8', 'v8.execute', 'disabled-by-default-devtools.timeline']

/** Traces the browser while `work` runs. */
export async function traced(cdp: CDPSession, work: () => Promise<void>): Promise<readonly Slice[]> {
  const slices: Slice[] = []
  const collect = ({ value }: { readonly value: readonly object[] }) => {
    for (const event of value) {
      const slice = sliceOf(event)
      if (slice) slices.push(slice)
    }
  }
  cdp.on('Tracing.dataCollected', collect)
  const traceConfig = { includedCategories: CATEGORIES, excludedCategories: ['*'] }
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig })
  await work()
  const complete = new Promise(resolve => cdp.once('Tracing.tracingComplete', resolve))
  await cdp.send('Tracing.end')
  await complete
  cdp.off('Tracing.dataCollected', collect)
  return slices
}

/** The Trace Event Format's complete events: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
function sliceOf(event: object): Slice | undefined {
  const { ph, name, pid, tid, ts, dur, tdur, args }: Record<string, unknown> = { ...event }
  if (ph !== 'X' || typeof name !== 'string' || typeof ts !== 'number' || typeof dur !== 'number') return
  const cpu = typeof tdur === 'number' ? tdur : dur
  return { name, thread: `${pid}:${tid}`, ts, wallMs: dur / 1_000, cpuMs: cpu / 1_000, url: urlIn(args) }
}

function urlIn(args: unknown): string {
  if (typeof args !== 'object' || !args) return ''
  const url =
    'data' in args && typeof args.data === 'object' && args.data && 'url' in args.data && args.data.url
  const fileName = 'fileName' in args && args.fileName
  return String(url || fileName || '')
}
