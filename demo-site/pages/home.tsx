import type { Page } from './page.ts'
import { CallToAction } from './parts/call-to-action.tsx'
import { PlanBoard } from './parts/plan-board.tsx'

const CUSTOMERS = ['Halden Optics', 'Brightwater Labs', 'Osier & Rowe', 'Nordhaven', 'Fieldnote']

const PROMISES: readonly { title: string; text: string; href: string; link: string }[] = [
  {
    title: 'Plan on one timeline',
    text: 'Campaigns, owners and weeks in one place. Move a launch and everything that hangs on it moves too.',
    href: '/features#plan',
    link: 'How planning works',
  },
  {
    title: 'Spend what was agreed',
    text: 'Every invoice lands on its campaign. What is committed, what is paid and what is left are three numbers, not three files.',
    href: '/features#budget',
    link: 'How budgets work',
  },
  {
    title: 'Learn before the next quarter',
    text: 'Results arrive from your CRM beside the money they cost. The review writes itself; the arguing gets shorter.',
    href: '/features#learn',
    link: 'How reviews work',
  },
]

const FIGURES: readonly (readonly [number: string, text: string])[] = [
  ['3 days', 'to agree a quarter’s plan. It used to take eleven.'],
  ['96 %', 'of spend on a campaign that finance had approved.'],
  ['1 meeting', 'instead of four before every board review.'],
]

export const home: Page = {
  path: '/',
  title: 'Quartermark: the marketing plan your CFO reads too',
  description: 'Campaigns, budget and results on one timeline, for marketing teams of five to fifty.',
  body: () => (
    <>
      <section class="hero">
        <div class="wrap hero-grid">
          <div class="hero-text">
            <p class="eyebrow">Marketing planning and budget</p>
            <h1>The marketing plan your CFO reads&nbsp;too</h1>
            <p class="lead">
              Quartermark keeps campaigns, budget and results on one timeline. A quarter starts with a plan
              everyone agreed to, and ends with numbers nobody argues about.
            </p>
            <p class="actions">
              <a class="button" href="/pricing">
                See pricing
              </a>
              <a class="button button-quiet" href="/demo">
                Book a demo
              </a>
            </p>
            <p class="small">14 days free. No card, no call.</p>
          </div>
          <PlanBoard />
        </div>
      </section>

      <section class="trusted" aria-label="Customers">
        <div class="wrap">
          <p>Planning their quarters with us</p>
          <ul>
            {CUSTOMERS.map(customer => (
              <li>{customer}</li>
            ))}
          </ul>
        </div>
      </section>

      <section class="section">
        <div class="wrap">
          <h2 class="section-title">Three things that stop fitting in a spreadsheet</h2>
          <div class="promises">
            {PROMISES.map(promise => (
              <article class="promise">
                <h3>{promise.title}</h3>
                <p>{promise.text}</p>
                <a class="more" href={promise.href}>
                  {promise.link}
                </a>
              </article>
            ))}
          </div>
        </div>
      </section>

      <section class="section section-wash">
        <div class="wrap quote-grid">
          <figure class="quote">
            <blockquote>
              <p>
                Our finance director used to get the plan as an attachment. Now she opens it before I do, and
                that is the best thing that happened to my budget.
              </p>
            </blockquote>
            <figcaption>
              <span class="face" aria-hidden="true">
                AL
              </span>
              <span>
                <b>Astrid Lunde</b>
                <br />
                Head of Marketing, Halden Optics
              </span>
            </figcaption>
            <a class="more" href="/customers/halden-optics">
              Read the story
            </a>
          </figure>
          <dl class="figures">
            {FIGURES.map(([figure, text]) => (
              <div>
                <dt>{figure}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </section>

      <section class="section">
        <div class="wrap teaser">
          <div class="cover cover-guide" aria-hidden="true">
            <span>Guide</span>
            <b>10 strategies for digital marketing</b>
            <i />
          </div>
          <div>
            <p class="eyebrow">Free guide</p>
            <h2>10 strategies for digital marketing</h2>
            <p class="lead">
              What works for companies of fifty to five hundred people, what it costs, and how you know within
              a quarter. Eight pages, no sign-up.
            </p>
            <p class="actions">
              <a class="button" href="/resources">
                Go to the guide
              </a>
            </p>
          </div>
        </div>
      </section>

      <CallToAction
        title="Bring your messiest plan"
        text="Half an hour, your own numbers, and an honest answer whether we help."
        href="/demo"
        label="Book a demo"
      />
    </>
  ),
}
