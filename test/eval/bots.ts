import { automatedBy } from '../../collector/enrich/user-agents.ts'
import { corpusRows, listOf, type Row, textOf } from './rows.ts'
import type { Section } from './section.ts'
import { type Verdict, verdictLines } from './verdicts.ts'

const ROBOT = 'bot'
const PERSON = 'human'

/** `bots*.ndjson`: a user agent and whether a robot sends it. All, then by source and by tag (AI, uptime, library …). */
export const bots: Section = {
  name: 'bots',
  evaluate: folder => {
    const { rows, notes } = corpusRows(folder, 'bots', verdictsOf)
    return [...notes, ...verdictLines('User agents', rows.flat().toSorted(byGroup))]
  },
}

const ALL = 'all'
const byGroup = (a: Verdict, b: Verdict): number => rank(a) - rank(b)
const rank = ({ group }: Verdict): number => (group === ALL ? 0 : group.startsWith(TAG) ? 2 : 1)

const TAG = 'tag '
/** `matomo/device-detector` of `matomo/device-detector/tablet-1` */
const sourceOf = (row: Row): string => textOf(row, 'src').split('/').slice(0, 2).join('/') || 'unknown source'

/** A row counts among all, in its source, and once for each of its tags. */
function verdictsOf(row: Row): readonly Verdict[] | null {
  const [userAgent, expected] = [textOf(row, 'ua'), textOf(row, 'expect')]
  if (!userAgent || (expected !== ROBOT && expected !== PERSON)) return null
  const got = automatedBy(userAgent) === null ? PERSON : ROBOT
  const groups = [ALL, sourceOf(row), ...listOf(row, 'tags').map(tag => TAG + tag)]
  return groups.map(group => ({ group, subject: userAgent, expected, got }))
}
