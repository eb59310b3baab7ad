import type { FC } from 'hono/jsx'

/** Small pictures of the product, drawn in markup so that they follow the theme. Each says what it shows. */

export const WeekStrip: FC = () => (
  <svg
    class="picture"
    viewBox="0 0 480 300"
    role="img"
    aria-label="Three campaigns on a timeline; one depends on another."
  >
    <g class="pic-grid">
      <path d="M40 40v220M120 40v220M200 40v220M280 40v220M360 40v220M440 40v220" />
    </g>
    <rect class="pic-leaf" x="40" y="64" width="180" height="40" rx="10" />
    <rect class="pic-plum" x="160" y="130" width="200" height="40" rx="10" />
    <rect class="pic-coral" x="320" y="196" width="120" height="40" rx="10" />
    <path class="pic-link" d="M220 84h24a12 12 0 0 1 12 12v34M360 150h12a8 8 0 0 1 8 8v38" />
    <g class="pic-on">
      <text x="56" y="89">
        Launch
      </text>
      <text x="176" y="155">
        Webinar series
      </text>
      <text x="336" y="221">
        Trade fair
      </text>
    </g>
  </svg>
)

const LINES: readonly (readonly [name: string, planned: string, committed: string, paid: string])[] = [
  ['Launch', '62,000', '48,500', '31,200'],
  ['Webinars', '18,000', '12,000', '12,000'],
  ['Trade fair', '71,000', '66,400', '20,000'],
]

export const BudgetTable: FC = () => (
  <div class="picture picture-table">
    <table>
      <caption class="hidden-text">An example budget, in euro</caption>
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col">Planned</th>
          <th scope="col">Committed</th>
          <th scope="col">Paid</th>
        </tr>
      </thead>
      <tbody>
        {LINES.map(([name, planned, committed, paid]) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{planned}</td>
            <td>{committed}</td>
            <td>{paid}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <p class="picture-note">Trade fair: 94 % committed, six weeks to go</p>
  </div>
)

export const Approval: FC = () => (
  <div class="picture picture-thread">
    <p class="bubble">
      <b>Irina</b> Can we move €6k from the fair to webinars? The stand is cheaper than planned.
    </p>
    <p class="bubble bubble-right">
      <b>Marek, finance</b> Fine with me. Webinars to €18k, and the rest stays in reserve.
    </p>
    <p class="stamp">Agreed on 14 June by Marek Zieliński</p>
  </div>
)

export const ReviewChart: FC = () => (
  <svg
    class="picture"
    viewBox="0 0 480 300"
    role="img"
    aria-label="Cost per qualified lead falls over four quarters, from 410 to 260 euro."
  >
    <g class="pic-grid">
      <path d="M40 80h400M40 140h400M40 200h400M40 260h400" />
    </g>
    <g class="pic-sky">
      <rect x="64" y="82" width="56" height="178" rx="6" />
      <rect x="164" y="112" width="56" height="148" rx="6" />
      <rect x="264" y="132" width="56" height="128" rx="6" />
    </g>
    <rect class="pic-leaf" x="364" y="150" width="56" height="110" rx="6" />
    <g class="pic-text">
      <text x="92" y="72" text-anchor="middle">
        €410
      </text>
      <text x="192" y="102" text-anchor="middle">
        €345
      </text>
      <text x="292" y="122" text-anchor="middle">
        €300
      </text>
      <text x="392" y="140" text-anchor="middle">
        €260
      </text>
    </g>
    <g class="pic-soft">
      <text x="92" y="284" text-anchor="middle">
        Q1
      </text>
      <text x="192" y="284" text-anchor="middle">
        Q2
      </text>
      <text x="292" y="284" text-anchor="middle">
        Q3
      </text>
      <text x="392" y="284" text-anchor="middle">
        Q4
      </text>
    </g>
  </svg>
)
