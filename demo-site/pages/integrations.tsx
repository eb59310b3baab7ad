import type { Page } from './page.ts'
import { CallToAction } from './parts/call-to-action.tsx'

interface Group {
  readonly title: string
  readonly text: string
  readonly systems: readonly (readonly [name: string, what: string])[]
}

const GROUPS: readonly Group[] = [
  {
    title: 'CRM',
    text: 'Leads and revenue beside the campaign they came from.',
    systems: [
      ['HubSpot', 'Deals and lifecycle stages, every 15 minutes'],
      ['Salesforce', 'Campaigns and opportunities, both directions'],
      ['Pipedrive', 'Deals by source'],
    ],
  },
  {
    title: 'Accounting',
    text: 'Invoices find their campaign by number, supplier or rule.',
    systems: [
      ['DATEV', 'Postings by cost centre'],
      ['Xero', 'Bills and purchase orders'],
      ['CSV drop', 'Any system that can write a file at night'],
    ],
  },
  {
    title: 'Advertising',
    text: 'Spend arrives daily, in the currency it was billed in.',
    systems: [
      ['Google Ads', 'Spend per campaign and label'],
      ['LinkedIn Ads', 'Spend per campaign group'],
      ['Meta Ads', 'Spend per campaign'],
    ],
  },
  {
    title: 'Calendar and chat',
    text: 'Dates where people look, reminders where they read.',
    systems: [
      ['Outlook and Google Calendar', 'Launches and deadlines as events'],
      ['Slack and Teams', 'Approvals with a button'],
      ['Webhooks', 'Everything else, signed and retried'],
    ],
  },
]

export const integrations: Page = {
  path: '/integrations',
  title: 'Integrations',
  description: 'CRM, accounting, advertising, calendar: what Quartermark connects to and what it brings.',
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">Integrations</p>
          <h1>Fits between the systems you have</h1>
          <p class="lead">
            Plans live in Quartermark. Money stays in accounting and leads stay in the CRM; we read them where
            they are.
          </p>
        </div>
      </section>
      <section class="section section-tight">
        <div class="wrap groups">
          {GROUPS.map(group => (
            <section class="group">
              <h2>{group.title}</h2>
              <p>{group.text}</p>
              <dl>
                {group.systems.map(([name, what]) => (
                  <div>
                    <dt>{name}</dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </section>
      <CallToAction
        title="Something missing?"
        text="Tell us what you run. If it has an interface, we have probably seen it."
        href="/contact"
        label="Ask us"
      />
    </>
  ),
}
