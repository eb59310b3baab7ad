import type { Page } from './page.ts'

export const notFound: Page = {
  path: '/not-found',
  title: 'Page not found',
  description: 'There is nothing at this address.',
  body: () => (
    <section class="form-page">
      <div class="wrap narrow">
        <p class="eyebrow">404</p>
        <h1>Not in this quarter’s plan</h1>
        <p class="lead">There is nothing at this address. The links above lead everywhere we have.</p>
        <p class="actions">
          <a class="button" href="/">
            Go home
          </a>
        </p>
      </div>
    </section>
  ),
}
