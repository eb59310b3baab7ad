import { resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { bundleGoldpan } from '../trial/program.ts'

const DRIVER = 'better-sqlite3'
const WITH_POINTS = resolve('test/chaos/programs/failing-driver.ts')

/** What the product imports as its driver. */
const STAND_IN = `
import Database from '${DRIVER}'
import { withFailpoints } from '${WITH_POINTS}'
export default function (path, options) { return withFailpoints(new Database(path, options)) }`

/** The product's own code over a driver that fails when told. */
const failingDriver: Plugin = {
  name: 'failing-driver',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: new RegExp(`^${DRIVER}$`) }, ({ importer }) =>
      importer.includes('/collector/')
        ? { path: 'stand-in', namespace: 'failpoints' }
        : { path: DRIVER, external: true },
    )
    onLoad({ filter: /.*/, namespace: 'failpoints' }, () => ({
      contents: STAND_IN,
      loader: 'js',
      resolveDir: process.cwd(),
    }))
  },
}

export const bundleWithFailpoints = (name: string, more: Plugin[] = []): Promise<string> =>
  bundleGoldpan(name, [...more, failingDriver])
