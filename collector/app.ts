import { Hono } from 'hono'
import { trustWarning } from './config/values.ts'
import { accountRoutes } from './http/accounts.ts'
import { type EmailClickDeps, emailClickRoutes } from './http/email-click.ts'
import { type EmailLinkDeps, emailLinkRoutes } from './http/email-links.ts'
import { eventRoutes } from './http/events.ts'
import { type FailedDeps, failed } from './http/failed.ts'
import { type GuardDeps, guarded } from './http/guard.ts'
import { type HandoffRouteDeps, handoffRoutes } from './http/handoffs.ts'
import { healthRoutes } from './http/health.ts'
import { homeRoutes } from './http/home.ts'
import { type IngestRouteDeps, ingestRoutes } from './http/ingest.ts'
import { leadRoutes } from './http/leads.ts'
import { limited } from './http/limited.ts'
import { type LinkDeps, linkRoutes } from './http/link.ts'
import { mergeRoutes } from './http/merges.ts'
import { type MetricsDeps, metricsRoutes } from './http/metrics.ts'
import { type ModelRouteDeps, modelRoutes } from './http/model.ts'
import { modelPublishRoutes } from './http/model-publish.ts'
import { modelVersionRoutes } from './http/model-versions.ts'
import { type OptOutDeps, optOutRoutes } from './http/opt-out.ts'
import { pixelRoutes } from './http/pixel.ts'
import { type PrivacyDeps, privacyRoutes } from './http/privacy.ts'
import { problem } from './http/problem.ts'
import { type ProfileDeps, profileRoutes } from './http/profile.ts'
import { type QuarantineDeps, quarantineRoutes } from './http/quarantine.ts'
import type { HttpEnv, Route } from './http/route.ts'
import { segmentRoutes } from './http/segment.ts'
import { type SitesDeps, sitesRoutes } from './http/sites.ts'
import { type SnippetDeps, snippetRoutes, unknownVersion } from './http/snippet.ts'
import { type StreamDeps, streamRoutes } from './http/stream.ts'
import { trafficRoutes } from './http/traffic.ts'
import { transitionRoutes } from './http/transitions.ts'
import { type ValidateDeps, validateRoutes } from './http/validate.ts'
import { wrongMethod } from './http/wrong-method.ts'

export interface AppDeps
  extends GuardDeps,
    IngestRouteDeps,
    LinkDeps,
    EmailClickDeps,
    EmailLinkDeps,
    FailedDeps,
    HandoffRouteDeps,
    MetricsDeps,
    ModelRouteDeps,
    OptOutDeps,
    PrivacyDeps,
    ProfileDeps,
    QuarantineDeps,
    SitesDeps,
    SnippetDeps,
    StreamDeps,
    ValidateDeps {}

/** Every route there is. Each names the scopes it needs, or that it is public (http/route.ts). */
export const routesOf = (deps: AppDeps): readonly Route[] => [
  // anyone: the browsers of visitors, and whoever watches the process
  ...ingestRoutes(deps), //             POST    /v1/events
  ...pixelRoutes(deps), //              GET     /v1/p.gif
  ...validateRoutes(deps), //           POST    /v1/validate
  ...segmentRoutes(deps), //            POST    /v1/batch|track|identify|…, GET /v1/projects/:key/settings
  ...linkRoutes(deps), //               POST    /v1/link[/redeem]
  ...profileRoutes(deps), //            POST    /v1/profile/unknown
  ...emailClickRoutes(deps), //         GET     /v1/c/:token
  ...optOutRoutes(deps), //             GET     /v1/opt-out, POST /v1/opt-out
  ...snippetRoutes(deps), //            GET     /goldpan.js, /goldpan.json, /goldpan[.<chunk>].<version>.js
  ...healthRoutes(deps.store), //       GET     /healthz, /readyz
  ...homeRoutes(deps.basePath), //      GET     /
  // with a token: how it goes, and what was found
  ...metricsRoutes(deps), //            GET     /metrics
  ...eventRoutes(deps), //              GET     /v1/events
  ...streamRoutes(deps), //             GET     /v1/events/stream
  ...leadRoutes(deps), //               GET     /v1/leads[/:id[/timeline|transitions|score]]
  ...accountRoutes(deps), //            GET     /v1/accounts[/:id]
  ...mergeRoutes(deps), //              POST    /v1/leads/:id/merge, /unmerge
  ...trafficRoutes(deps), //            POST    /v1/visitors/:visitor/traffic
  ...transitionRoutes(deps), //         POST    /v1/leads/:id/transitions
  ...handoffRoutes(deps), //            GET     /v1/handoffs, POST /v1/handoffs[/:id]/approve|decline
  ...quarantineRoutes(deps), //         GET     /v1/quarantine, POST /v1/quarantine/:id/release|discard
  ...emailLinkRoutes(deps), //          POST    /v1/email-links
  ...privacyRoutes(deps), //            POST    /v1/privacy/erase, /export
  ...modelVersionRoutes(deps), //       GET     /v1/model/versions[/:version]
  // with an administrator's token
  ...modelRoutes(deps), //              GET     /v1/model, PUT /v1/model
  ...modelPublishRoutes(deps), //       POST    /v1/model/preview|publish
  ...sitesRoutes(deps), //              GET     /v1/sites, POST /v1/sites
]

/** The routes behind their guards, and an answer for everything else. */
export function createApp(deps: AppDeps): Hono<HttpEnv> {
  const caution = trustWarning(deps.trustedProxies)
  if (caution !== null) deps.warn(caution)
  const app = new Hono<HttpEnv>({ strict: false })
  const byName = new Map<string, Route>()
  for (const route of routesOf(deps)) {
    const path = `${deps.basePath}${route.path}`.replace(/(.)\/$/, '$1')
    app.on(route.method, path, limited(deps, route, guarded(deps, route)))
    byName.set(`${route.method} ${path}`, route)
  }
  const routeAt = (method: string, path: string): Route | undefined => {
    const [[found] = []] = app.router.match(method, path)
    return found && byName.get(`${method} ${found[0][1].path}`)
  }

  const noSuchVersion = unknownVersion(deps)
  const otherMethod = wrongMethod(deps, routeAt)
  app.notFound(
    c =>
      noSuchVersion(c.req.path) ??
      otherMethod(c) ??
      problem(
        404,
        'not_found',
        'There is nothing here',
        'Expected a route of the API; docs/api.md lists them.',
      ),
  )
  app.onError((error, c) => failed(deps, error, c, routeAt(methodOf(c.req.method), c.req.path)))
  return app
}

/** HEAD is answered by the route of GET. */
const methodOf = (method: string): string => (method === 'HEAD' ? 'GET' : method)
