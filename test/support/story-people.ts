import { expect } from 'vitest'
import type { Story } from './story.ts'
import { type Lead, readLead } from './story-lead.ts'
import { type Json, PAGES_ORIGIN } from './story-world.ts'

/** An event as the API shows it. */
export interface Seen {
  readonly id: string
  readonly type: string
  readonly visitor: string | null
  readonly lead: string | null
  readonly occurredAt: string
  readonly page: { readonly path: string } | null
  readonly traits: Json
  readonly traffic: { readonly kind: string; readonly evidence: string | null }
}

/** What a lead says of who it is, beside its scores. */
export interface Whose extends Lead {
  readonly name: string | null
  readonly traits: Readonly<Record<string, { readonly value: unknown; readonly source: string }>>
  readonly suspicions: readonly { readonly code: string; readonly text: string }[]
  readonly unconfirmed: readonly { readonly lead: string; readonly visitor: string | null }[]
  readonly claims: string | null
  readonly test: boolean
}

type Listed = Pick<Whose, 'id' | 'email' | 'stage' | 'claims' | 'visitors' | 'engagement' | 'suspicions'>

/** Asks the operator's questions, when all is dealt with. */
async function list<T>(story: Story, path: string): Promise<readonly T[]> {
  await story.world.settle()
  const { data } = (await story.world.get(path)) as { readonly data: readonly T[] }
  return data
}

export const leadsIn = (story: Story, query = ''): Promise<readonly Listed[]> =>
  list(story, `/v1/leads?limit=200${query}`)
export const eventsIn = (story: Story, query: string): Promise<readonly Seen[]> =>
  list(story, `/v1/events?limit=200&${query}`)
export const waitingIn = (story: Story): Promise<readonly { readonly lead: { readonly id: string } }[]> =>
  list(story, '/v1/handoffs?limit=200')

/** A lead with who it is. */
export async function whoIs(story: Story, email: string): Promise<Whose> {
  await story.world.settle()
  return (await readLead(story.world, email)) as Whose
}

/**
 * All that must not change of a lead by what others do, whenever it is asked: its score as it will be at an instant. Which
 * devices say they are it is left out, and hand-offs that are no more.
 */
export async function standingOf(story: Story, email: string, at: number): Promise<Json> {
  const { unconfirmed: _, engagement: __, mql, handoffs, ...lead } = await whoIs(story, email)
  const { missing: ___, ...score } = await story.world.get(
    `/v1/leads/${lead.id}/score?at=${new Date(at).toISOString()}`,
  )
  const open = handoffs.filter(({ status }) => status === 'told' || status === 'waiting')
  return { ...lead, score, mqlSince: mql.since, handoffs: open }
}

/** `pricing 10`, from the first thing to the last; what earned nothing in its place. */
export async function timelineOf(story: Story, { id }: Pick<Lead, 'id'>): Promise<readonly string[]> {
  const entries = await list<Seen & { readonly effects: readonly { rule: string; points: number }[] }>(
    story,
    `/v1/leads/${id}/timeline?limit=200`,
  )
  return entries
    .toReversed()
    .map(({ type, page, effects }) =>
      [type, page?.path ?? '–', ...effects.map(({ rule, points }) => `${rule} ${points}`)].join(' '),
    )
}

/** An operator's word on two leads. */
export async function say(
  story: Story,
  word: 'merge' | 'unmerge',
  into: string,
  lead: string,
): Promise<void> {
  await story.world.settle()
  const { status, body } = await story.world.post(`/v1/leads/${into}/${word}`, { lead })
  if (status !== 201) throw new Error(`not ${word}d: ${JSON.stringify(body)}`)
}

/** A signed link of a mail, as it stands there. */
export async function linkTo(
  story: Story,
  email: string,
  path: string,
  message = 'spring/1',
): Promise<string> {
  const { body } = await story.world.post('/v1/email-links', { email, url: PAGES_ORIGIN + path, message })
  const [link] = (body as { readonly links: readonly { readonly url: string }[] }).links
  if (!link) throw new Error('expected a link')
  return story.world.url + new URL(link.url).pathname
}

/** Follows a link, as browsers and scanners do. @returns path and query of the page it leads to */
export async function follow(link: string, userAgent = 'curl/8.5.0'): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual', headers: { 'user-agent': userAgent } })
  return (answer.headers.get('location') ?? '').replace(PAGES_ORIGIN, '')
}

/** Everybody rebuilt from the facts is as they are shown. */
export async function expectReplayed(story: Story): Promise<void> {
  await story.world.settle()
  expect((await story.world.verify()).differences).toEqual([])
}
