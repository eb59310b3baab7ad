import type { FC } from 'hono/jsx'
import { PanMark } from './mark.tsx'

/**
 * The live panel's frame: headings and places; browser/panel.ts fills them. Wide screens have it beside the page, small
 * ones as a sheet at the bottom. Without scripts there is nothing to tell, so the style sheet leaves it out.
 */
export const LivePanel: FC = () => (
  <aside
    class="panel"
    id="live-panel"
    lang="en"
    dir="ltr"
    aria-label="Goldpan live panel"
    data-goldpan-ignore
  >
    <div class="panel-head">
      <PanMark />
      <p class="panel-name">
        <b>Goldpan</b>
        <span class="panel-status" data-place="status" data-state="waiting">
          Waiting for the tag
        </span>
        <span class="panel-brief" data-place="brief" />
      </p>
      <button class="panel-button" type="button" data-place="reset">
        New visitor
      </button>
      <button
        class="panel-button panel-toggle"
        type="button"
        data-place="toggle"
        aria-expanded="false"
        aria-controls="panel-body"
      >
        Show
      </button>
    </div>
    <div class="panel-body" id="panel-body">
      <section class="stage" aria-labelledby="panel-stage-title">
        <h2 class="hidden-text" id="panel-stage-title">
          Who this is
        </h2>
        <ol class="track" data-place="track" />
        <p class="person" data-place="person" />
      </section>
      <section class="moment" data-place="moment" aria-label="Hand-off to sales" hidden />
      <section class="tour" data-place="tour" aria-label="Suggested steps" />
      <section class="axes" aria-labelledby="panel-axes-title">
        <h2 id="panel-axes-title">Fit and engagement</h2>
        <div class="axes-row" data-place="axes" />
      </section>
      <section class="missing" data-place="missing" aria-labelledby="panel-missing-title" hidden>
        <h2 id="panel-missing-title">Missing for an MQL</h2>
        <ul data-place="missing-list" />
      </section>
      <section class="heard" aria-labelledby="panel-heard-title">
        <h2 id="panel-heard-title">
          Heard <span class="count" data-place="heard-count" />
        </h2>
        <p class="empty" data-place="heard-empty">
          Nothing yet. Click <a href="/pricing">Pricing</a> and stay for a moment.
        </p>
        <ol data-place="heard" />
        <button class="panel-button" type="button" data-place="heard-more" hidden>
          Show all
        </button>
      </section>
      <section class="reasons" aria-labelledby="panel-reasons-title">
        <h2 id="panel-reasons-title">Why this score</h2>
        <p class="empty" data-place="reasons-empty">
          No rule has matched yet. Each one that does gets a line here, with the points it left.
        </p>
        <ul data-place="reasons" />
      </section>
    </div>
    <p class="hidden-text" role="status" data-place="announcer" />
  </aside>
)
