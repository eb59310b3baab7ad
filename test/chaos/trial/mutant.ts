import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * The program with other words at a place of its sources: a trial that does not find such a one broken would find nothing.
 * @param file path from the root
 * @throws at the build when `from` is not there any more
 */
export const mutant = (file: string, from: string, to: string): Plugin => ({
  name: `mutant of ${file}`,
  setup: ({ onLoad, onEnd }) => {
    const path = resolve(file)
    let isDone = false
    onLoad({ filter: /\.ts$/ }, async args => {
      if (args.path !== path) return null
      const source = await readFile(path, 'utf8')
      isDone = source.includes(from)
      return { contents: source.replaceAll(from, to), loader: 'ts' }
    })
    onEnd(() => (isDone ? null : { errors: [{ text: `${file} has no ${from}` }] }))
  },
})
