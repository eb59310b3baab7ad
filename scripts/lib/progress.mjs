const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
const FRAME_MS = 100
/** Where a line cannot be redrawn (a log, a CI), one in ten seconds says enough and floods nothing. */
const PLAIN_MS = 10_000

/** @param {number} sinceMs */
export const elapsed = sinceMs => {
  const ms = Date.now() - sinceMs
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`
}

/**
 * Shows that something long is under way: on a terminal a line that turns and counts the seconds, elsewhere a plain
 * line every ten seconds. `work` gets a function to say what it is at.
 * @template T
 * @param {string} title
 * @param {(say: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = Date.now()
  const display = process.stdout.isTTY && !process.env.CI ? redrawn(title) : plain(title)
  let detail = ''
  const status = () => `${elapsed(startedAt)}${detail && `: ${detail}`}`
  const beat = setInterval(() => display.beat(status()), display.everyMs)
  try {
    const result = await work(text => {
      if (text !== detail) display.detail(text)
      detail = text
    })
    display.end('✓', elapsed(startedAt))
    return result
  } catch (error) {
    display.end('✗', elapsed(startedAt))
    throw error
  } finally {
    clearInterval(beat)
  }
}

/** @param {string} title */
function redrawn(title) {
  let frame = 0
  const draw = (/** @type {string} */ line) =>
    process.stdout.write(`\r\x1b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`)
  draw(title)
  return {
    everyMs: FRAME_MS,
    beat: (/** @type {string} */ status) => draw(`${FRAMES[frame++ % FRAMES.length]} ${title}, ${status}`),
    detail: () => {},
    end: (/** @type {string} */ mark, /** @type {string} */ time) => {
      draw(`${mark} ${title}, ${time}`)
      process.stdout.write('\n')
    },
  }
}

/** @param {string} title */
function plain(title) {
  console.log(`${title} …`)
  return {
    everyMs: PLAIN_MS,
    beat: (/** @type {string} */ status) => console.log(`  … ${status}`),
    detail: (/** @type {string} */ text) => console.log(`  ${text}`),
    end: (/** @type {string} */ mark, /** @type {string} */ time) => console.log(`${mark} ${title}, ${time}`),
  }
}
