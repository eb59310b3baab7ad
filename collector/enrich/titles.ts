import { memo } from '../../shared/memo.ts'
import { JOB_FUNCTION_WORDS, JOB_FUNCTIONS, type JobFunction } from './lexicon/job-functions.ts'
import { SENIORITIES, SENIORITY_WORDS, type Seniority } from './lexicon/seniority.ts'
import { compileLexicon, wordsOf } from './words.ts'

interface TitleReading {
  readonly seniority: Seniority | null
  readonly jobFunction: JobFunction | null
}

const seniorityIn = compileLexicon(SENIORITY_WORDS)
const functionIn = compileLexicon(JOB_FUNCTION_WORDS)

/** Who works for a general manager, or is a vice president, bears the word and not the function. */
const GENERAL_MANAGERS: ReadonlySet<Seniority> = new Set<Seniority>(['director', 'c_level', 'owner'])

/** `Leiter/in`, `Directeur(trice)`, `Chargé·e`, `מנהל/ת`: the ending for the other gender, and the mark before it. */
const OTHER_GENDER =
  /[/:*_(·•]-?(?:innen|in|e|ne|se|le|fe|trice|rice|ice|euse|a|o|ra|ora|ka|tka|czka|ca|ת|ית)\)?(?!\p{L})|\.(?:ת|ית)(?!\p{L})/gu
/** `C.E.O.`, `P.-D.G.`, `RR.HH.`, `и.о.`: written out in dots, and meant as one word. */
const DOTTED = /(?<![\p{L}.])(?:\p{L}{1,2}\.-?)+(?:\p{L}{1,2}(?!\p{L}))?/gu
/** `C E O`, `C. T. O.`: letters by themselves; of two we cannot tell. */
const SPACED = /(?<![\p{L}.])(?:\p{Lu}\.?\s){2,}\p{Lu}(?!\p{L})\.?/gu
/** What stands between two jobs, or a job and its employer. */
const BETWEEN =
  /\s[-–—|•@]\s|[&+/,;|]|(?<!\p{L})(?:and|und|et|y|e|i|и|та|at|bei|chez|presso)(?!\p{L})|(?<=\s)ו(?=\p{L}{3})/iu

/** Seniority and function by the words of a job title in any of our languages; null for what it does not say. */
export const readTitle = memo(10_000, (title): TitleReading => {
  const text = title
    .replace(OTHER_GENDER, '')
    .replace(SPACED, letters => letters.replace(/[.\s]/g, ''))
    .replace(DOTTED, withoutDots)
  const seniority = rankOf(text)
  return { seniority, jobFunction: functionOf(text, seniority) }
})

const withoutDots = (abbreviation: string): string => {
  const letters = abbreviation.replace(/[.-]/g, '')
  const stops = abbreviation.split('.').length - 1
  return stops > 1 || !abbreviation.endsWith('.') ? letters : abbreviation
}

/** `CEO, ex-Acme` is a CEO still: what no longer holds counts only where it stands first or alone. */
function rankOf(text: string): Seniority | null {
  const rank = seniorityIn(wordsOf(text))
  const known = rank === 'unknown' ? seniorityIn(wordsOf(firstJob(text))) : rank
  return known === 'unknown' ? null : known
}

/** Of two functions joined (`Sales & Marketing`) the one named first. */
function functionOf(text: string, seniority: Seniority | null): JobFunction | null {
  const runsTheCompany = seniority !== null && GENERAL_MANAGERS.has(seniority)
  const named = [firstJob(text), text]
    .map(part => functionIn(wordsOf(part)))
    .find(name => name !== null && (name !== 'general_management' || runsTheCompany))
  if (named === 'unknown') return null
  return named ?? (seniority === 'owner' ? 'general_management' : null)
}

const firstJob = (text: string): string => text.split(BETWEEN, 1)[0] ?? text

/** A given seniority in our vocabulary (`VP`, `C-Level`, „Leiter"), or null. */
export const seniorityNamed = (text: string): Seniority | null =>
  SENIORITIES.find(name => name === vocabularyForm(text)) ?? readTitle(text).seniority

/** A given function in our vocabulary (`Human Resources`, „Vertrieb"), or null. */
export const jobFunctionNamed = (text: string): JobFunction | null =>
  JOB_FUNCTIONS.find(name => name === vocabularyForm(text)) ?? readTitle(text).jobFunction

const vocabularyForm = (text: string): string => wordsOf(text).join('_')
