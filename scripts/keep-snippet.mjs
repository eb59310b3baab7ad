import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { PUBLIC, RELEASES } from './lib/bundles.mjs'
import { Failure, main } from './lib/failure.mjs'
import { fromRoot } from './lib/paths.mjs'

/**
 * Keeps the files of the snippet that was just built whose names never change their content, so that pages which pin
 * them find them after the next upgrade. Run at each release (snippet/releases/README.md).
 */
await main(async () => {
  const manifest = fromRoot(PUBLIC, 'manifest.json')
  if (!existsSync(manifest))
    throw new Failure(`Expected a built snippet in ${PUBLIC}, found none. Run \`npm run build\`.`)
  /** @type {{ file: string, chunks: readonly string[] }} */
  const { file, chunks } = JSON.parse(readFileSync(manifest, 'utf8'))
  const versioned = [file, ...chunks]
  const kept = readdirSync(fromRoot(PUBLIC)).filter(name =>
    versioned.includes(name.replace(/\.(br|gz)$/, '')),
  )
  mkdirSync(fromRoot(RELEASES), { recursive: true })
  for (const name of kept) keep(name)
})

/** @param {string} name */
function keep(name) {
  const [from, to] = [fromRoot(PUBLIC, name), fromRoot(RELEASES, name)]
  const isText = name.endsWith('.js')
  if (isText && existsSync(to) && !readFileSync(to).equals(readFileSync(from)))
    throw new Failure(
      `${RELEASES}/${name} has another content, and pages may pin it. Nothing may replace it.`,
    )
  copyFileSync(from, to)
  console.log(`  ${RELEASES}/${name}`)
}
