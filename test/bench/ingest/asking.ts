import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from '../../support/load/connection.ts'
import { ascending, quantileOf } from '../../support/quantiles.ts'
import { SITE } from '../scoring/crowd.ts'
import { AUTHORIZATION, askApi, type BenchCollector } from './collectors.ts'

/** Questions of one kind and how long their answers took, ms. */
export interface Asked {
  readonly what: string
  /** rows in the shortest answer */
  readonly rows: number
  readonly p50: number
  readonly p95: number
}

export interface Question {
  readonly what: string
  /** with the site's parameter */
  readonly path: string
}

const LEADS = `/v1/leads?site=${SITE}&limit=50`

/** Pages as a salesperson would ask for them. There is no filter by segment yet. */
export async function leadQuestions({ url }: BenchCollector): Promise<readonly Question[]> {
  const next: unknown = Object(await askApi(url, `${LEADS}&stage=lead,mql`)).next
  return [
    { what: 'stage mql', path: `${LEADS}&stage=mql` },
    {
      what: 'stage lead or mql, second page',
      path: `${LEADS}&stage=lead,mql&cursor=${encodeURIComponent(String(next))}`,
    },
    { what: 'grade B', path: `${LEADS}&grade=B` },
    { what: 'grade D, by fit', path: `${LEADS}&grade=D&sort=fit` },
    { what: 'score from 20', path: `${LEADS}&minEngagement=20` },
    { what: 'score from 20, by fit', path: `${LEADS}&minEngagement=20&sort=fit` },
    { what: 'score from 20, by since when an MQL', path: `${LEADS}&minEngagement=20&sort=mql_since` },
    { what: 'MQLs by since when', path: `${LEADS}&stage=mql&sort=mql_since` },
    { what: 'seen last', path: `${LEADS}&sort=last_seen` },
    { what: 'seen last, score from 20', path: `${LEADS}&sort=last_seen&minEngagement=20` },
  ]
}

/** Timelines of the hottest leads. */
export async function timelineQuestions({ url }: BenchCollector): Promise<readonly Question[]> {
  const leads: readonly unknown[] = Object(await askApi(url, LEADS)).data
  return leads.map(lead => ({
    what: 'timeline',
    path: `/v1/leads/${Object(lead).id}/timeline?site=${SITE}`,
  }))
}

const TIMEOUT_MS = 60_000
/** Between two questions: fifty a second are many people at work. */
const PAUSE_MS = 20

/** Asks one after another, in turns, for so long and each kind at least once. */
export async function ask(
  { target }: BenchCollector,
  questions: readonly Question[],
  seconds: number,
): Promise<readonly Asked[]> {
  const connection = openConnection(target, TIMEOUT_MS)
  const all = new Map<string, Answered[]>()
  const until = performance.now() + seconds * 1_000
  try {
    for (let turn = 0; turn < questions.length || performance.now() < until; turn += 1) {
      const question = questions[turn % questions.length]
      if (question === undefined) break
      const own = all.get(question.what) ?? []
      all.set(question.what, own)
      own.push(await answerTo(connection, question))
      await sleep(PAUSE_MS)
    }
  } finally {
    connection.close()
  }
  return [...all].map(([what, answers]) => summaryOf(what, answers))
}

interface Answered {
  readonly ms: number
  readonly rows: number
}

function summaryOf(what: string, answers: readonly Answered[]): Asked {
  const times = ascending(answers.map(({ ms }) => ms))
  const rows = Math.min(...answers.map(answer => answer.rows))
  return { what, rows, p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95) }
}

async function answerTo(connection: Connection, { path }: Question): Promise<Answered> {
  const head = `GET ${path} HTTP/1.1\r\nHost: collector.example\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`
  const began = performance.now()
  const outcome = await connection.exchange(Buffer.from(head))
  const took = performance.now() - began
  if (outcome.kind === 'answered' && outcome.answer.status === 200)
    return { ms: took, rows: JSON.parse(outcome.answer.body.toString()).data.length }
  const came = outcome.kind === 'lost' ? outcome.why : `${outcome.answer.status}: ${outcome.answer.body}`
  throw new Error(`${path}: expected 200, came ${came}`)
}
