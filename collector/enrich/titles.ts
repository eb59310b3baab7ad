import { JOB_FUNCTION_WORDS, JOB_FUNCTIONS, type JobFunction } from './lexicon/job-functions.ts'
import { SENIORITIES, SENIORITY_WORDS, type Seniority } from './lexicon/seniority.ts'
import { memo } from './memo.ts'
import { compileLexicon, wordsOf } from './words.ts'

interface TitleReading {
  readonly seniority: Seniority | null
  readonly jobFunction: JobFunction | null
}

const seniorityOf = compileLexicon(SENIORITY_WORDS)
const functionOf = compileLexicon(JOB_FUNCTION_WORDS)

/** Who works for a general manager, or manages a shop, bears the word and not the function. */
const GENERAL_MANAGERS: ReadonlySet<Seniority> = new Set<Seniority>(['director', 'vp', 'c_level', 'owner'])

/** `Leiter/in`, `Directeur(trice)`, `מנהל/ת`: the ending for the other gender, and the mark before it. */
const OTHER_GENDER = /[/:*_(·]-?(?:innen|in|e|ne|se|trice|rice|ice|euse|a|o|ka|czka|ת|ית)\)?(?!\p{L})/gu

/** Seniority and function by the words of a job title in any of our languages; null for what it does not say. */
export const readTitle = memo(10_000, (title): TitleReading => {
  const words = wordsOf(title.replace(OTHER_GENDER, ''))
  const rank = seniorityOf(words)
  const seniority = rank === 'unknown' ? null : rank
  const named = functionOf(words) ?? (seniority === 'owner' ? 'general_management' : null)
  const runsTheCompany = seniority !== null && GENERAL_MANAGERS.has(seniority)
  return { seniority, jobFunction: named === 'general_management' && !runsTheCompany ? null : named }
})

/** A given seniority in our vocabulary (`VP`, `C-Level`, „Leiter"), or null. */
export const seniorityNamed = (text: string): Seniority | null =>
  SENIORITIES.find(name => name === vocabularyForm(text)) ?? readTitle(text).seniority

/** A given function in our vocabulary (`Human Resources`, „Vertrieb"), or null. */
export const jobFunctionNamed = (text: string): JobFunction | null =>
  JOB_FUNCTIONS.find(name => name === vocabularyForm(text)) ?? readTitle(text).jobFunction

const vocabularyForm = (text: string): string => wordsOf(text).join('_')
