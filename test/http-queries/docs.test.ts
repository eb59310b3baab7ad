import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { emailLinks } from '../../collector/access/email-links.ts'
import { advance } from '../../collector/advance/advance.ts'
import { counts, TRAFFIC_KINDS } from '../../collector/contracts/evidence.ts'
import { accountRoutes } from '../../collector/http/accounts.ts'
import { emailLinkRoutes } from '../../collector/http/email-links.ts'
import { eventRoutes } from '../../collector/http/events.ts'
import { HANDOFF_PROBLEMS, handoffRoutes } from '../../collector/http/handoffs.ts'
import { leadRoutes } from '../../collector/http/leads.ts'
import { mergeRoutes } from '../../collector/http/merges.ts'
import { modelRoutes } from '../../collector/http/model.ts'
import { MODEL_PROBLEMS } from '../../collector/http/model-problems.ts'
import { modelPublishRoutes } from '../../collector/http/model-publish.ts'
import { modelVersionRoutes } from '../../collector/http/model-versions.ts'
import { privacyRoutes } from '../../collector/http/privacy.ts'
import { QUARANTINE_PROBLEMS, quarantineRoutes } from '../../collector/http/quarantine.ts'
import { streamRoutes } from '../../collector/http/stream.ts'
import { trafficRoutes } from '../../collector/http/traffic.ts'
import { transitionRoutes } from '../../collector/http/transitions.ts'
import { groupCommit } from '../../collector/ingest/group-commit.ts'
import { NOTHING_TO_NOTE } from '../../collector/ingest/noting.ts'
import { loadConnected } from '../../collector/qualify/connected.ts'
import { startFeed } from '../../collector/queries/feed.ts'
import { HandoffsParams } from '../../collector/queries/handoff-requests.ts'
import {
  AccountsParams,
  EventsParams,
  LeadsParams,
  ScoreParams,
  StreamParams,
} from '../../collector/queries/params.ts'
import { QuarantineParams } from '../../collector/queries/quarantine.ts'
import { REFUSALS } from '../../collector/queries/refusal.ts'
import { createSignals } from '../../collector/signals.ts'
import { openStore } from '../../collector/storage/open.ts'
import { DROP_REASONS } from '../../shared/wire.ts'
import { NOON } from '../support/facts.ts'

const DOCS = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')

/** The text of one route, up to the next heading. */
function sectionOf(route: string): string {
  const [, section] = DOCS.split(`### \`${route}\``)
  if (section === undefined) throw new Error(`docs/api.md has no section ### \`${route}\``)
  return section.split('\n#')[0] ?? ''
}

it('documents every route, with its scope', async () => {
  const store = await openStore('sqlite::memory:')
  const signals = createSignals()
  const deps = { store, signals, clock: () => NOON, versionsOf: async () => [], idsOf: async () => String }
  const feed = startFeed(deps)
  const publishing = { ...deps, advance, connectedTo: loadConnected }
  const models = { ...deps, modelPath: 'goldpan.yaml', publishing }
  const routes = [
    ...leadRoutes(deps),
    ...accountRoutes(deps),
    ...eventRoutes(deps),
    ...streamRoutes({ ...deps, feed }),
    ...transitionRoutes(deps),
    ...mergeRoutes(deps),
    ...trafficRoutes(deps),
    ...handoffRoutes(deps),
    ...emailLinkRoutes({ ...deps, emailLinks: emailLinks('00'), publicUrl: null, basePath: '' }),
    ...quarantineRoutes({ ...deps, commits: groupCommit(store.record), noting: NOTHING_TO_NOTE }),
    ...privacyRoutes(models),
    ...[modelRoutes, modelPublishRoutes, modelVersionRoutes].flatMap(routes => routes(models)),
  ]
  for (const { method, path, access } of routes) {
    for (const scope of access) expect(sectionOf(`${method} ${path}`)).toContain(`Scope \`${scope}\``)
  }
  feed.close()
  await store.close()
})

it.each([
  ['GET /v1/leads', LeadsParams],
  ['GET /v1/accounts', AccountsParams],
  ['GET /v1/leads/:id/score', ScoreParams],
  ['GET /v1/events', EventsParams],
  ['GET /v1/events/stream', StreamParams],
  ['GET /v1/handoffs', HandoffsParams],
  ['GET /v1/quarantine', QuarantineParams],
])('documents every parameter of %s', (route, params) => {
  const section = sectionOf(route)
  for (const name of Object.keys(params.properties)) {
    if (name !== 'site') expect(section, name).toContain(`\`${name}\``)
  }
})

it('documents every refusal with its status', () => {
  const problems = { ...REFUSALS, ...MODEL_PROBLEMS, ...HANDOFF_PROBLEMS, ...QUARANTINE_PROBLEMS }
  for (const [code, { status }] of Object.entries(problems)) {
    expect(DOCS).toMatch(new RegExp(`\\| \`${code}\`\\s+\\| ${status}\\s+\\|`))
  }
})

it('documents every kind of traffic, and which of them score', () => {
  const [, kinds = '', scoring = ''] = /`traffic\.kind` is ([^;]+); only ([^,]+) score/.exec(DOCS) ?? []
  const namesIn = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name)
  expect(namesIn(kinds)).toEqual([...TRAFFIC_KINDS])
  expect(namesIn(scoring)).toEqual(TRAFFIC_KINDS.filter(kind => counts({ kind, evidence: null })))
})

it('documents every reason why an event is not taken', () => {
  for (const reason of DROP_REASONS) expect(DOCS).toContain(`\`${reason}\``)
})
