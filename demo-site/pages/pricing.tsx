import type { FC } from 'hono/jsx'
import type { Page } from './page.ts'
import { type Plan, PRICING_TEXTS, type PricingTexts } from './pricing-texts.ts'

const PlanCard: FC<{ plan: Plan; texts: PricingTexts }> = ({ plan, texts }) => (
  <article class={plan.highlighted ? 'plan plan-highlighted' : 'plan'}>
    <h2>
      {plan.name}
      {plan.highlighted && <span class="plan-flag">{texts.popular}</span>}
    </h2>
    <p class="plan-price">
      <bdi>{plan.price}</bdi> <span>{texts.perMonth}</span>
    </p>
    <p class="plan-for">{plan.for}</p>
    <a class={plan.highlighted ? 'button' : 'button button-quiet'} href={plan.href}>
      {plan.action}
    </a>
    <ul class="ticks">
      {plan.points.map(point => (
        <li>{point}</li>
      ))}
    </ul>
  </article>
)

const pageOf = (texts: PricingTexts): Page => ({
  path: texts.path,
  title: texts.title,
  description: texts.description,
  lang: texts.lang,
  ...(texts.dir ? { dir: texts.dir } : {}),
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">{texts.eyebrow}</p>
          <h1>{texts.heading}</h1>
          <p class="lead">{texts.lead}</p>
        </div>
      </section>
      <section class="section section-tight">
        <div class="wrap plans">
          {texts.plans.map(plan => (
            <PlanCard plan={plan} texts={texts} />
          ))}
        </div>
      </section>
      <section class="section section-wash">
        <div class="wrap narrow">
          <h2 class="section-title">{texts.questionsTitle}</h2>
          <div class="questions">
            {texts.questions.map(([question, answer]) => (
              <details>
                <summary>{question}</summary>
                <p>{answer}</p>
              </details>
            ))}
          </div>
        </div>
      </section>
    </>
  ),
})

export const pricingPages: readonly Page[] = PRICING_TEXTS.map(pageOf)
