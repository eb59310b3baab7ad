import type { Page } from './page.ts'

const INSIDE = [
  'Decide who it is not for',
  'Answer the ten questions buyers ask',
  'Make the price page your best page',
  'Let one customer tell it',
  'Search: own the words of the problem',
]

export const resources: Page = {
  path: '/resources',
  title: 'Guides and checklists',
  description:
    'A guide to digital marketing for mid-size companies, and a checklist for your first month of planning.',
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">Resources</p>
          <h1>Written by people who had to defend a budget</h1>
          <p class="lead">Take them without giving an address. If they help, you know where we are.</p>
        </div>
      </section>
      <section class="section section-tight">
        <div class="wrap asset">
          <div class="cover cover-guide" aria-hidden="true">
            <span>Guide</span>
            <b>10 strategies for digital marketing</b>
            <i />
          </div>
          <div>
            <h2>10 strategies for digital marketing</h2>
            <p>
              Ten strategies that work for companies of fifty to five hundred people: what each costs, how
              long it takes, and the one number that tells you whether to go on. With a worksheet to choose
              your three.
            </p>
            <p class="inside-title">From the contents</p>
            <ol class="inside">
              {INSIDE.map(line => (
                <li>{line}</li>
              ))}
            </ol>
            <p class="actions">
              <a class="button" href="/assets/10-strategies-guide.pdf" download>
                Download the guide
              </a>
              <span class="small">PDF, 8 pages, 20 minutes</span>
            </p>
          </div>
        </div>
      </section>
      <section class="section section-wash">
        <div class="wrap cards">
          <article class="card">
            <div class="cover cover-checklist" aria-hidden="true">
              <span>Checklist</span>
              <svg viewBox="0 0 220 72" aria-hidden="true">
                <g class="cover-boxes">
                  <rect x="1" y="1" width="14" height="14" rx="4" />
                  <rect x="1" y="29" width="14" height="14" rx="4" />
                  <rect x="1" y="57" width="14" height="14" rx="4" />
                </g>
                <path class="cover-lines" d="M28 8h150M28 36h110M28 64h132" />
                <path class="cover-ticks" d="m4.5 8 2.5 3 5-6M4.5 36l2.5 3 5-6" />
              </svg>
            </div>
            <h2>Onboarding checklist</h2>
            <p>
              Your first thirty days with a shared plan: who does what, in which order, and what can wait.
            </p>
            <p class="actions">
              <a class="button button-quiet" href="/assets/onboarding-checklist.pdf" download>
                Download the checklist
              </a>
              <span class="small">PDF, 2 pages</span>
            </p>
          </article>
          <article class="card">
            <div class="cover cover-webinar" aria-hidden="true">
              <span>Webinar</span>
              <b>15:00</b>
            </div>
            <h2>Plan a quarter in an afternoon</h2>
            <p>
              Live every second Thursday, with a real plan from the audience. Forty minutes and your
              questions.
            </p>
            <p class="actions">
              <a class="button button-quiet" href="/webinars/plan-in-an-afternoon">
                See the webinar
              </a>
            </p>
          </article>
        </div>
      </section>
    </>
  ),
}
