import type { Page } from './page.ts'

export const privacy: Page = {
  path: '/privacy',
  title: 'Privacy',
  description: 'What this demonstration records, where it is kept and how to get rid of it.',
  body: () => (
    <>
      <section class="page-head">
        <div class="wrap narrow">
          <p class="eyebrow">Privacy</p>
          <h1>What this demonstration records</h1>
          <p class="lead">
            Everything you do here is recorded, on purpose, so that you can watch it. This is where it goes.
          </p>
        </div>
      </section>
      <section class="section section-tight">
        <div class="wrap narrow prose">
          <h2>What is recorded</h2>
          <p>
            Pages you view and for how long, files you download, forms you send and the answers in them. A
            random number in your browser’s storage ties them together. Passwords, card numbers and anything
            marked private are never read.
          </p>
          <h2>Where it is kept</h2>
          <p>
            In the data folder of the Goldpan collector that serves this demonstration, on the machine where
            you started it. Nothing is passed to anybody else, and Quartermark itself forgets what you send
            the moment it thanks you.
          </p>
          <h2>How to get rid of it</h2>
          <p>
            “New visitor” in the panel makes your browser forget its number. Deleting the data folder deletes
            everything else. If your browser sends Global Privacy Control, it gets no number, and of what you
            do only the forms you send are recorded.
          </p>
        </div>
      </section>
    </>
  ),
}
