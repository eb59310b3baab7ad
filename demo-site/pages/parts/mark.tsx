import type { FC } from 'hono/jsx'

/** Quartermark's sign: a quarter of a circle, ticked off. */
export const Mark: FC = () => (
  <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <rect class="mark-tile" width="32" height="32" rx="9" />
    <path class="mark-quarter" d="M8 24V8a16 16 0 0 1 16 16Z" />
    <path class="mark-tick" d="m12.2 18.6 3 3 5.6-6" />
  </svg>
)

/** Goldpan's sign: a pan seen from above, one grain left in it. */
export const PanMark: FC = () => (
  <svg class="pan-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
    <circle class="pan-rim" cx="16" cy="16" r="13.5" />
    <circle class="pan-floor" cx="16" cy="16" r="7.5" />
    <path class="pan-grain" d="m15.2 15.6 3.4-2.4 3 2.2-.6 3.8-3.9.9-2.4-2Z" />
  </svg>
)
