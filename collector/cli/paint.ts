import { styleText } from 'node:util'
import type { Env } from '../config/config.ts'

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan'
/** Gives a text a look; on what is no terminal the text alone. */
export type Paint = (style: Style, text: string) => string

/** Colour only on a terminal, and not where NO_COLOR (https://no-color.org) is set to anything. */
export const paintFor =
  (env: Env, onTerminal: boolean): Paint =>
  (style, text) =>
    onTerminal && !env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text
