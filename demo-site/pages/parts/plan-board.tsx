import type { FC } from 'hono/jsx'

interface Campaign {
  readonly name: string
  readonly owner: string
  readonly amount: string
  /** first week and number of weeks on a board of twelve */
  readonly from: number
  readonly weeks: number
  readonly tone: 'leaf' | 'coral' | 'plum' | 'sky'
  readonly state?: string
}

const CAMPAIGNS: readonly Campaign[] = [
  {
    name: 'Autumn product launch',
    owner: 'IK',
    amount: '€62k',
    from: 1,
    weeks: 6,
    tone: 'leaf',
    state: 'Agreed',
  },
  { name: 'Partner webinars', owner: 'DM', amount: '€18k', from: 3, weeks: 8, tone: 'plum', state: 'Agreed' },
  {
    name: 'Trade fair, Poznań',
    owner: 'SR',
    amount: '€71k',
    from: 6,
    weeks: 3,
    tone: 'coral',
    state: 'Waiting for finance',
  },
  { name: 'Customer referrals', owner: 'IK', amount: '€9k', from: 8, weeks: 5, tone: 'sky', state: 'Draft' },
]

/** The product as a picture: one quarter, four campaigns, one budget line. Told to assistive tools in one sentence. */
export const PlanBoard: FC = () => (
  <div
    class="board"
    role="img"
    aria-label="A quarter in Quartermark: four campaigns on twelve weeks, 160,000 of 185,000 euro planned, one campaign waiting for finance."
  >
    <div class="board-head">
      <span class="board-title">Third quarter</span>
      <span class="board-chip">
        <i class="dot dot-leaf" />2 agreed
      </span>
      <span class="board-chip">
        <i class="dot dot-coral" />1 waiting
      </span>
    </div>
    <div class="board-weeks">
      <span>July</span>
      <span>August</span>
      <span>September</span>
    </div>
    <div class="board-rows">
      {CAMPAIGNS.map(campaign => (
        <div class="board-row">
          <div class={`board-bar tone-${campaign.tone} from-${campaign.from} weeks-${campaign.weeks}`}>
            <b>{campaign.name}</b>
            <span class="board-state">{campaign.state}</span>
          </div>
          <span class="board-owner">{campaign.owner}</span>
          <span class="board-amount">{campaign.amount}</span>
        </div>
      ))}
    </div>
    <div class="board-budget">
      <div class="board-budget-line">
        <span>Planned</span>
        <b>€160k of €185k</b>
      </div>
      <div class="board-meter">
        <i class="meter-leaf" />
        <i class="meter-coral" />
        <i class="meter-sky" />
      </div>
    </div>
  </div>
)
