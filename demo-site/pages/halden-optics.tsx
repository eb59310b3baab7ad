import type { Page } from './page.ts'
import { CallToAction } from './parts/call-to-action.tsx'

const FACTS: readonly (readonly [term: string, fact: string])[] = [
  ['Company', 'Halden Optics, lenses and sensors for industry'],
  ['Where', 'Halden, Norway, and Brno, Czechia'],
  ['People', '140, nine of them in marketing'],
  ['Plan', 'Team, since spring'],
]

export const haldenOptics: Page = {
  path: '/customers/halden-optics',
  title: 'How Halden Optics agrees a quarter in three days',
  description: 'A maker of industrial optics moved its marketing plan out of eleven spreadsheets.',
  body: () => (
    <>
      <article>
        <header class="page-head">
          <div class="wrap narrow">
            <p class="eyebrow">Customer story</p>
            <h1>How Halden Optics agrees a quarter in three days</h1>
            <p class="lead">
              Eleven spreadsheets, four meetings and one exhausted marketing lead. Then the finance director
              asked for a login.
            </p>
          </div>
        </header>
        <div class="wrap story">
          <aside class="facts" aria-label="Halden Optics at a glance">
            <dl>
              {FACTS.map(([term, fact]) => (
                <div>
                  <dt>{term}</dt>
                  <dd>{fact}</dd>
                </div>
              ))}
            </dl>
          </aside>
          <div class="prose">
            <h2>Before: a plan nobody could find</h2>
            <p>
              Halden Optics sells lenses and sensors to people who build packaging lines. Marketing there
              means fairs, technical articles and a great deal of patience: eighteen months lie between the
              first handshake and the first order. The plan for all of it lived in eleven spreadsheets, one
              per market, and in the memory of Astrid Lunde.
            </p>
            <p>
              “Every quarter began with an archaeology week,” she says. “What did we agree? Who moved the
              money to the Stuttgart fair? I spent eleven working days on a plan for sixty.”
            </p>
            <h2>The afternoon</h2>
            <p>
              The team moved one running quarter on a Thursday after lunch. Campaigns first, then owners, then
              the money, in this order, following the onboarding checklist. By five o’clock two things had
              turned up: a webinar series without an owner, and €14,000 booked twice.
            </p>
            <blockquote>
              <p>Finding fourteen thousand euro on the first day does help with finance.</p>
            </blockquote>
            <h2>After: three days</h2>
            <p>
              The next quarter took three days to agree. Finance approves line by line and sees what is
              committed before invoices come in. Ninety-six per cent of what marketing spends now sits on a
              campaign somebody said yes to; it had been seventy-one.
            </p>
            <p>
              What they would do differently: bring sales in sooner. “We added the CRM only in the second
              quarter. The review with real opportunities in it is the page our board actually reads.”
            </p>
          </div>
        </div>
      </article>
      <CallToAction
        title="Your quarter, in an afternoon"
        text="Bring one running quarter. We bring the checklist."
        href="/demo"
        label="Book a demo"
      />
    </>
  ),
}
