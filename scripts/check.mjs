import { CHECKS } from './lib/checks.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { Failure, main } from './lib/failure.mjs'
import { step } from './lib/progress.mjs'
import { run } from './lib/run.mjs'

/** `npm run check` runs every check and shows all that is wrong; `npm run check -- imports` runs one. */
await main(async () => {
  await ensureDependencies()
  const names = process.argv.slice(2)
  const unknown = names.find(name => !Object.hasOwn(CHECKS, name))
  if (unknown)
    throw new Failure(`There is no check “${unknown}”. The checks are: ${Object.keys(CHECKS).join(', ')}.`)
  const failed = []
  for (const [name, { what, args }] of Object.entries(CHECKS)) {
    if (names.length > 0 && !names.includes(name)) continue
    if (!(await passes(`${name}: ${what}`, args))) failed.push(name)
  }
  if (failed.length > 0)
    throw new Failure(`Failed: ${failed.join(', ')}. One alone: npm run check -- ${failed[0]}`)
})

/**
 * @param {string} title
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
async function passes(title, args) {
  try {
    await step(title, async () => {
      const { code, output } = await run(process.execPath, args)
      if (code !== 0) throw new Failure(output)
    })
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    return false
  }
}
