import { listen, type Message } from '../http-queries/sse-client.ts'
import type { Story } from './story.ts'

/**
 * Everything the stream has said of a lead since the beginning: its moves with their times, and what sales was told. Ends at
 * the first word of somebody new, so that what would be said twice is heard twice.
 */
export async function heardOf(story: Story, email: string): Promise<readonly string[]> {
  const { id } = await story.lead(email)
  const last = 'the-last-to-come@heard.example'
  await story.browser().submits('newsletter', { 'E-mail': last })
  const { id: lastId } = await story.lead(last)
  const stream = await listen(`${story.world.url}/v1/events/stream`, story.world.token, '0.0')
  const messages = await stream.until(({ event, data }) => event === 'transition' && data.lead === lastId)
  stream.leave()
  return messages.filter(({ data }) => data.lead === id).flatMap(inShort)
}

function inShort({ event, data }: Message): readonly string[] {
  if (event === 'transition') return [`${data.from} → ${data.to} at ${data.at}`]
  return event === 'handoff' ? [`handoff ${data.status}`] : []
}
