import { AnalyticsBrowser } from '@segment/analytics-next'

/** What a page that uses the library bundles. */
Object.assign(globalThis, { AnalyticsBrowser })
