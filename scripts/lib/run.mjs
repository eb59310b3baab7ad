import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ROOT } from './paths.mjs'

/**
 * @typedef {object} RunOptions
 * @property {(line: string) => void} [onLine] called with each line printed, on either stream
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell] through the system's shell: Windows starts `.cmd` files in no other way
 */

/** Exit code of a program that does not exist, as shells give it. */
export const NOT_FOUND = 127

/**
 * Runs a program to its end in the clone's folder, without input, and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { onLine, env = process.env, shell = false } = {}) {
  return new Promise(resolve => {
    /** @type {string[]} */
    const lines = []
    const child = spawn(command, args, { cwd: ROOT, env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', line => {
        lines.push(line)
        onLine?.(line)
      })
    }
    child.on('error', error => resolve({ code: NOT_FOUND, output: error.message }))
    child.on('close', code => resolve({ code: code ?? 1, output: lines.join('\n') }))
  })
}

/**
 * Runs a Node program that owns the terminal meanwhile.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code
 */
export function runInTerminal(args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}

/**
 * The last lines of an output, indented for a report.
 * @param {string} output
 * @param {number} count
 */
export const lastLines = (output, count) =>
  output
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map(line => `  ${line}`)
    .join('\n')
