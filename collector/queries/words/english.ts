import { closerInEnglish } from './english/closers.ts'
import { missingInEnglish } from './english/missing.ts'
import { stageName, traitName } from './english/names.ts'
import { reasonInEnglish } from './english/reasons.ts'
import { summaryInEnglish } from './english/summary.ts'
import { moment } from './english/time.ts'
import type { Language } from './language.ts'

export const ENGLISH: Language = {
  tag: 'en',
  missing: missingInEnglish,
  closer: closerInEnglish,
  reason: reasonInEnglish,
  summary: summaryInEnglish,
  trait: traitName,
  stage: stageName,
  moment,
}
