import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { brotliDecompressSync } from 'node:zlib'
import { type Collector, type CollectorOptions, startCollector } from '../../collector/main.ts'
import { personIdsOf } from '../../collector/qualify/person-id.ts'
import { type ReplayResult, verifyReplay } from '../../collector/qualify/replay.ts'
import { ADMIN } from '../support/collector.ts'
import { type Answered, type AnsweredSite, type AnsweredSites, answersOf } from './fixtures/maker/answers.ts'

/** Of an earlier release, at an instant (epoch ms). */
interface Answers {
  readonly at: number
  readonly sites: AnsweredSites
}

export interface Place {
  readonly cwd: string
  readonly database: string
  readonly answers: Answers
}

/** A fixture's installation in an empty folder, and what the release that wrote it answered. */
export function unpack(fixture: string, cwd: string): Place {
  const from = join(import.meta.dirname, 'fixtures', fixture)
  const database = join(cwd, 'goldpan.db')
  writeFileSync(database, brotliDecompressSync(readFileSync(join(from, 'goldpan.db.br'))))
  for (const name of ['goldpan.yaml', 'customers.csv']) copyFileSync(join(from, name), join(cwd, name))
  const answers = answersIn(readFileSync(join(from, 'answers.jsonl'), 'utf8'))
  return { cwd, database, answers }
}

/** Reads what fixtures/maker/make.ts wrote. */
function answersIn(text: string): Answers {
  const sites = new Map<string, AnsweredSite>()
  let at = 0
  for (const line of text.trimEnd().split('\n')) {
    const said = JSON.parse(line)
    if ('at' in said) at = said.at
    else if ('events' in said) sites.set(said.site, { events: said.events, people: [] })
    else {
      const { events, people } = siteOf(sites, said.site)
      sites.set(said.site, { events, people: [...people, said.person] })
    }
  }
  return { at, sites }
}

export function siteOf(sites: AnsweredSites, id: string): AnsweredSite {
  const site = sites.get(id)
  if (!site) throw new Error(`nothing was answered of the site ${id}`)
  return site
}

/** This release over what another one left, at the instant of its answers. What is old is kept. */
export async function start(
  { cwd, database, answers }: Place,
  said: string[] = [],
  changes: Partial<CollectorOptions> = {},
): Promise<Collector> {
  const env = {
    PORT: '0',
    DATABASE_URL: `sqlite:${database}`,
    GOLDPAN_ADMIN_TOKEN: ADMIN.authorization.replace('Bearer ', ''),
    GOLDPAN_RETENTION: 'anonymous=never leads=never quarantine=never',
  }
  const say = (line: string): void => {
    said.push(line)
  }
  return startCollector({ cwd, env, clock: () => answers.at, print: say, warn: say, ...changes })
}

/** What this release says of everybody. */
export const ask = async ({ url }: Collector): Promise<AnsweredSites> =>
  answersOf(async (method, path) => {
    const answer = await fetch(`${url}${path}`, { method, headers: ADMIN })
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`)
    return answer.json()
  })

export async function replayed({ store }: Collector, site: string, now: number): Promise<ReplayResult> {
  const deps = { store, versionsOf: store.modelVersions, idsOf: personIdsOf(store) }
  return verifyReplay(deps, site, now, () => {})
}

export const nameOf = ({ email, traits, visitors }: Answered): string =>
  String(email ?? traits.phone?.value ?? visitors.join())

/** Who is answered otherwise, and in which parts; `came` and `gone` for who is in one of the two alone. */
export function differences(before: AnsweredSite, after: AnsweredSite): readonly (readonly string[])[] {
  const now = new Map(after.people.map(person => [person.id, person]))
  const known = new Set(before.people.map(({ id }) => id))
  const changed = before.people.flatMap(old => {
    const person = now.get(old.id)
    const parts = person ? partsThatDiffer(old, person) : ['gone']
    return parts.length === 0 ? [] : [[nameOf(old), ...parts]]
  })
  const came = after.people.filter(({ id }) => !known.has(id)).map(person => [nameOf(person), 'came'])
  return [...changed, ...came].sort()
}

/** Later releases may add fields: only what the earlier one said is looked at. */
const partsThatDiffer = (old: Answered, person: Answered): readonly string[] =>
  Object.keys(old).filter(part => !isDeepStrictEqual(old[part], person[part]))
