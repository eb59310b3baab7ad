import type { FC } from 'hono/jsx'
import type { Page } from './page.ts'
import { CallToAction } from './parts/call-to-action.tsx'
import { Approval, BudgetTable, ReviewChart, WeekStrip } from './parts/feature-pictures.tsx'

interface Feature {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly text: string
  readonly points: readonly string[]
  readonly Picture: FC
}

const FEATURES: readonly Feature[] = [
  {
    id: 'plan',
    name: 'Plan',
    title: 'A timeline that knows what hangs on what',
    text: 'Campaigns are bars, dependencies are lines, and a changed launch date is one drag. Everyone sees the same weeks, and the people who own them.',
    points: [
      'Quarter, month and week on one board',
      'Templates for launches, fairs and webinars',
      'Draft, agreed, running, done: four states, no more',
    ],
    Picture: WeekStrip,
  },
  {
    id: 'budget',
    name: 'Budget',
    title: 'Three numbers per campaign, always current',
    text: 'Planned, committed, paid. Purchase orders and invoices arrive from your accounting system and find their campaign by number, supplier or a rule you write once.',
    points: [
      'Currencies at the rate of the day of the invoice',
      'Warnings before the money is gone, not after',
      'Cost centres as finance already knows them',
    ],
    Picture: BudgetTable,
  },
  {
    id: 'approve',
    name: 'Approve',
    title: 'A yes that both sides can find again',
    text: 'A plan goes to finance as a page, not as an attachment. They comment on a line, change an amount, say yes. What was agreed is kept with date and name.',
    points: [
      'Limits per person and per campaign',
      'Approval from e-mail, no account needed',
      'Every version side by side',
    ],
    Picture: Approval,
  },
  {
    id: 'learn',
    name: 'Learn',
    title: 'What it cost beside what it brought',
    text: 'Leads and revenue come from your CRM and stand beside the spend. The quarterly review is a page that is already there when you need it.',
    points: [
      'Cost per qualified lead, by campaign and source',
      'Honest small numbers: too early is shown as too early',
      'Export to slides with your own typeface',
    ],
    Picture: ReviewChart,
  },
]

export const features: Page = {
  path: '/features',
  title: 'Features',
  description: 'Plan, budget, approve, learn: what Quartermark does for a marketing team.',
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">Features</p>
          <h1>Four jobs, done properly</h1>
          <p class="lead">
            We left out the chat, the whiteboard and the robot. What remains is the work between an idea and a
            signed budget.
          </p>
          <nav class="chips" aria-label="On this page">
            {FEATURES.map(feature => (
              <a href={`#${feature.id}`}>{feature.name}</a>
            ))}
          </nav>
        </div>
      </section>
      {FEATURES.map(feature => (
        <section class="section feature" id={feature.id} aria-labelledby={`${feature.id}-title`}>
          <div class="wrap feature-grid">
            <div>
              <p class="eyebrow">{feature.name}</p>
              <h2 id={`${feature.id}-title`}>{feature.title}</h2>
              <p>{feature.text}</p>
              <ul class="ticks">
                {feature.points.map(point => (
                  <li>{point}</li>
                ))}
              </ul>
            </div>
            <feature.Picture />
          </div>
        </section>
      ))}
      <CallToAction
        title="See it with your own plan"
        text="Send us last quarter’s spreadsheet. We show you the same quarter in Quartermark."
        href="/demo"
        label="Book a demo"
      />
    </>
  ),
}
