import { isbot, isbotMatch } from 'isbot'
import { memo } from '../../shared/memo.ts'
import {
  ANDROID_MODEL,
  AUTOMATA,
  AUTOMATIC_SIGNS,
  type Automata,
  type AutomatonKind,
  BARE_DEVICE,
  HUMAN_WORDS,
  HUMAN_WORDS_BEHIND,
  PLATFORM,
} from './lexicon/automata.ts'

export interface Automaton {
  readonly kind: AutomatonKind
  /** a sentence for people: what of the user agent says so */
  readonly evidence: string
}

/** Browsers need a few hundred characters; what is beyond these is not read, as ingest keeps no more (ingest/fact.ts). */
const MAX_LENGTH = 512
/** of what was found in one, in a sentence */
const MAX_SHOWN = 80

/**
 * The program that a user agent shows to be at work without a person, or null when it may well be a person's browser. Asks
 * our own names first (they say the kind), then general signs, then isbot, which others keep current.
 */
export const automatedBy = memo(10_000, (userAgent): Automaton | null => {
  const text = userAgent
    .slice(0, MAX_LENGTH)
    .replace(/^user-agent:/i, '')
    .trim()
  if (!/[a-z]/i.test(text))
    return bot(text === '' ? 'user agent is empty' : `user agent is "${text}", no words`)
  return named(text) ?? signed(withoutHumanWords(text)) ?? homeless(text)
})

const bot = (evidence: string): Automaton => ({ kind: 'bot', evidence })

const WORDS = AUTOMATA.map((group): readonly [Automata, RegExp] => [group, anyOf(group.names)])

function named(text: string): Automaton | null {
  for (const [{ kind, what }, pattern] of WORDS) {
    const name = pattern.exec(text)?.[0].replace(/^\W+|\W+$/g, '')
    if (name) return { kind, evidence: `user agent names ${name}, ${what}` }
  }
  return null
}

function signed(text: string): Automaton | null {
  for (const { kind = 'bot', sign, says } of AUTOMATIC_SIGNS) {
    const found = sign.exec(text)?.[0]
    if (found !== undefined) return { kind, evidence: `user agent ${says}, "${found.slice(-MAX_SHOWN)}"` }
  }
  if (BARE_DEVICE.test(text)) return null
  return isbot(text) ? bot(`user agent contains "${isbotMatch(text)}", as those of robots do`) : null
}

const homeless = (text: string): Automaton | null =>
  PLATFORM.test(text) ? null : bot('user agent names no device or system, as every browser does')

const DEVICE = 'device'
const ROBOT_WORD = /bot\b|crawler|spider|https?:|@/i

function withoutHumanWords(text: string): string {
  const plain = HUMAN_WORDS.reduce((left, word) => left.replace(word, DEVICE), text)
  const rest = HUMAN_WORDS_BEHIND.reduce((left, { sign, word }) => {
    const from = left.search(sign)
    const isBehind = (found: string, at: number): boolean => from >= 0 && at + found.length > from
    return left.replace(word, (found, at: number) => (isBehind(found, at) ? DEVICE : found))
  }, plain)
  return rest.replace(ANDROID_MODEL, model => (ROBOT_WORD.test(model) ? model : DEVICE))
}

/** A name stands alone: no letter touches it. */
function anyOf(names: string): RegExp {
  const words = names.split(',').map(name => {
    const word = name.trim()
    const literal = word.replace(/^\^/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return word.startsWith('^') ? `^${literal}` : literal
  })
  return new RegExp(`(?<![a-z])(?:${words.join('|')})(?![a-z])`, 'i')
}
