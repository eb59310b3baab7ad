import type { FC } from 'hono/jsx'

interface CallToActionProps {
  readonly title: string
  readonly text: string
  readonly href: string
  readonly label: string
}

/** The band at the end of a page: one next step. */
export const CallToAction: FC<CallToActionProps> = ({ title, text, href, label }) => (
  <section class="cta">
    <div class="wrap cta-row">
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      <a class="button button-inverse" href={href}>
        {label}
      </a>
    </div>
  </section>
)
