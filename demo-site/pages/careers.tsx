import type { Page } from './page.ts'

const OPENINGS: readonly { title: string; where: string; text: string }[] = [
  {
    title: 'Product designer',
    where: 'Sofia or remote in Europe',
    text: 'You draw less than others and ask more. The timeline is yours.',
  },
  {
    title: 'Backend engineer, money',
    where: 'Warsaw or remote in Europe',
    text: 'Currencies, rounding, cost centres. You find this more interesting than it sounds.',
  },
  {
    title: 'Customer success, German-speaking',
    where: 'Vienna',
    text: 'You have been through a budget round yourself and remember how it felt.',
  },
]

export const careers: Page = {
  path: '/careers',
  title: 'Careers',
  description: 'Thirty-one people, three openings.',
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">Careers</p>
          <h1>Thirty-one people, three empty chairs</h1>
          <p class="lead">
            We work in the open, write things down, and stop at five. Pay bands are in every offer, and the
            first conversation is with the person you would work beside.
          </p>
        </div>
      </section>
      <section class="section section-tight">
        <div class="wrap narrow">
          <ul class="openings">
            {OPENINGS.map(opening => (
              <li>
                <h2>{opening.title}</h2>
                <p class="small">{opening.where}</p>
                <p>{opening.text}</p>
                <a
                  class="more"
                  href={`mailto:jobs@quartermark.example?subject=${encodeURIComponent(opening.title)}`}
                >
                  Write to us<span class="hidden-text"> about {opening.title}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      </section>
    </>
  ),
}
