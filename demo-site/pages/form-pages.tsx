import type { FC, PropsWithChildren } from 'hono/jsx'
import { FORMS, type FormDefinition, formNamed } from '../forms.ts'
import type { Page } from './page.ts'
import { Form } from './parts/form.tsx'

type FormIntroProps = PropsWithChildren<{ eyebrow: string; title: string; lead: string }>

const FormIntro: FC<FormIntroProps> = ({ eyebrow, title, lead, children }) => (
  <div class="form-intro">
    <p class="eyebrow">{eyebrow}</p>
    <h1>{title}</h1>
    <p class="lead">{lead}</p>
    {children}
  </div>
)

const newsletter: Page = {
  path: '/newsletter',
  title: 'Newsletter',
  description: 'One letter a month about planning and paying for marketing.',
  ownNewsletter: true,
  body: state => (
    <section class="form-page">
      <div class="wrap form-grid">
        <FormIntro
          eyebrow="Newsletter"
          title="One letter a month"
          lead="How other marketing teams plan, spend and decide. Six minutes, first Tuesday of the month, no product news."
        />
        <Form form={formNamed('newsletter')} state={state} />
      </div>
    </section>
  ),
}

const contact: Page = {
  path: '/contact',
  title: 'Contact',
  description: 'Write to Quartermark. A person answers within one working day.',
  body: state => (
    <section class="form-page">
      <div class="wrap form-grid">
        <FormIntro
          eyebrow="Contact"
          title="Write to a person"
          lead="Ines or Tomasz read every message and answer within one working day. The more we know about your team, the more useful the answer."
        >
          <address>
            Quartermark OOD
            <br />
            12 Oborishte Street, Sofia
            <br />
            <a href="mailto:hello@quartermark.example">hello@quartermark.example</a>
          </address>
        </FormIntro>
        <Form form={formNamed('contact')} state={state} />
      </div>
    </section>
  ),
}

const demo: Page = {
  path: '/demo',
  title: 'Book a demo',
  description: 'Half an hour with your own plan.',
  body: state => (
    <section class="form-page">
      <div class="wrap form-grid">
        <FormIntro
          eyebrow="Demo"
          title="Half an hour, your own plan"
          lead="No slides. Send last quarter’s spreadsheet or open it on the call, and see the same quarter in Quartermark."
        >
          <ul class="ticks">
            <li>Thirty minutes, two people at most from us</li>
            <li>You leave with your plan in a workspace you can keep</li>
            <li>If we do not fit, we say so in the first ten minutes</li>
          </ul>
        </FormIntro>
        <Form form={formNamed('demo-request')} state={state} />
      </div>
    </section>
  ),
}

const webinar: Page = {
  path: '/webinars/plan-in-an-afternoon',
  title: 'Webinar: plan a quarter in an afternoon',
  description: 'Live every second Thursday at 15:00 CET.',
  body: state => (
    <section class="form-page">
      <div class="wrap form-grid">
        <FormIntro
          eyebrow="Webinar, every second Thursday, 15:00 CET"
          title="Plan a quarter in an afternoon"
          lead="Ines Kolarova takes a real plan from the audience apart and puts it together again. Forty minutes, then questions until there are none."
        />
        <Form form={formNamed('webinar')} state={state} />
      </div>
    </section>
  ),
}

const thanksPage = (form: FormDefinition): Page => ({
  path: `/thanks/${form.id}`,
  title: 'Thank you',
  description: form.thanks.title,
  ownNewsletter: true,
  body: () => (
    <section class="form-page">
      <div class="wrap narrow thanks">
        <svg class="thanks-tick" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
          <circle cx="32" cy="32" r="30" />
          <path d="m20 33 8 8 16-18" />
        </svg>
        <h1>{form.thanks.title}</h1>
        <p class="lead">{form.thanks.text}</p>
        <p class="actions">
          <a class="button" href="/resources">
            Browse the guides
          </a>
          <a class="button button-quiet" href="/pricing">
            Back to pricing
          </a>
        </p>
      </div>
    </section>
  ),
})

/** Pages around a form, and the page that thanks for each. */
export const formPages: readonly Page[] = [newsletter, contact, demo, webinar, ...FORMS.map(thanksPage)]
