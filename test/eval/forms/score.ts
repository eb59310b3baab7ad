import { fieldMeaning } from '../../../collector/enrich/fields.ts'
import { TRAIT_NAMES, type TraitName } from '../../../shared/traits.ts'
import type { WireEvent } from '../../../shared/wire.ts'
import { type Claim, claimsOf, holdsMarkOf, passOf, sentField } from './claims.ts'
import type { LabelledForm } from './corpus.ts'
import type { Way } from './in-page.ts'
import { marksIn } from './marks.ts'
import type { Stage } from './stage.ts'
import type { Pass, Visit } from './visit.ts'

/**
 * How a form is scored.
 *
 * - What is scored is what a collector makes of the submission: the claims of `traitsOf`, in the native pass.
 * - A claim is traced to the field it was read from. It is right when the field is labelled with that trait, not scored when
 *   the label is `any`, else wrong: `ignore`, `sensitive`, a honeypot, another trait, a field without a label.
 * - A label is found when a right claim carries it. Several fields of a form with one label (an e-mail and its repetition,
 *   two people) are one label, for a lead has one e-mail.
 * - Precision is right claims among scored ones, recall is labels found among labels.
 * - Forms that let a known person in are not recorded, by design: what is labelled in them is counted apart.
 * - A leak is the mark of a field labelled `sensitive` in any request to the collector (its address, headers, body), in any
 *   pass. Values of honeypots that were sent are counted apart.
 */
export interface Score {
  readonly form: LabelledForm
  readonly isRecorded: boolean
  readonly right: number
  readonly labels: number
  readonly wrong: readonly Miss[]
  readonly missed: readonly Miss[]
  /** labels of a form that is not recorded by design */
  readonly byDesign: readonly Miss[]
  /** the ways of submitting that made no event, of a form with something to find */
  readonly lost: readonly Way[]
  /** why the form could not be visited, or null */
  readonly failure: string | null
  readonly leaks: readonly Miss[]
  /** values of honeypots that were sent */
  readonly trapsSent: readonly Miss[]
}

interface Submission {
  readonly pass: Pass
  readonly events: readonly WireEvent[]
}

export interface Miss {
  readonly form: string
  readonly idx: number
  readonly words: string
  readonly expected: string
  readonly got: string
}

/** Kinds of forms, as corpora name them, that let a known person in. */
const CREDENTIALS = /log.?in|password|reset|recover/i
const SIGN_UP = /sign.?up|regist/i

export const letsIn = ({ kind }: LabelledForm): boolean => CREDENTIALS.test(kind) && !SIGN_UP.test(kind)

export function scoreVisit(visit: Visit, stage: Stage, sent: ReadonlySet<string>): Score {
  const { form, passes } = visit
  const submits = stage.submits(form)
  const byPass = passes.map(pass => ({
    pass,
    events: submits.filter(event => passOf(event, passes) === pass),
  }))
  const [native] = byPass.filter(({ pass }) => pass.way === 'native')
  const claims = native?.events.flatMap(event => claimsOf(event, native.pass)) ?? []
  const right = claims.filter(claim => expectedOf(form, claim) === claim.name || isLoneName(form, claim))
  const wrong = claims.filter(claim => !right.includes(claim) && expectedOf(form, claim) !== 'any')
  const labels = labelsOf(form)
  const missed = labels
    .filter(({ expect }) => !right.some(claim => expectedOf(form, claim) === expect))
    .map(({ idx, expect }) => missOf(form, idx, expect, gotFor(idx, visit, native)))
  const isLetOut = letsIn(form) && submits.length === 0
  return {
    form,
    isRecorded: submits.length > 0,
    right: right.length,
    labels: isLetOut ? 0 : labels.length,
    wrong: wrong.map(claim => missOf(form, claim.idx ?? -1, expectedOf(form, claim), claim.name)),
    missed: isLetOut ? [] : missed,
    byDesign: isLetOut ? missed : [],
    lost: labels.length > 0 && !letsIn(form) ? lostWays(byPass) : [],
    failure: visit.failure ?? null,
    leaks: markedFields(visit, sent, ({ expect }) => expect === 'sensitive'),
    trapsSent: markedFields(visit, sent, ({ isHoneypot }) => isHoneypot),
  }
}

/** Where nothing typed is sent, one event stands for all: the same answers again are the same submission. */
function lostWays(byPass: readonly Submission[]): readonly Way[] {
  const isEmpty = byPass.every(({ events }) => events.length === 0)
  const isTyped = byPass.some(({ pass, events }) => events.some(event => holdsMarkOf(event, pass)))
  return byPass.flatMap(({ pass, events }) => (events.length === 0 && (isEmpty || isTyped) ? [pass.way] : []))
}

const expectedOf = ({ fields }: LabelledForm, { idx }: Claim): string =>
  fields.find(field => field.idx === idx)?.expect ?? 'no label'

const isLoneName = (form: LabelledForm, claim: Claim): boolean =>
  form.firstForFull && claim.name === 'firstName' && expectedOf(form, claim) === 'fullName'

/** One label a trait, though several fields carry it. */
const labelsOf = ({
  fields,
}: LabelledForm): readonly { readonly idx: number; readonly expect: TraitName }[] =>
  TRAIT_NAMES.flatMap(name => {
    const field = fields.find(({ expect }) => expect === name)
    return field ? [{ idx: field.idx, expect: name }] : []
  })

function gotFor(idx: number, { controls, form }: Visit, native: Submission | undefined): string {
  const field = native && sentField(native.events, native.pass, idx)
  if (field) return `read as ${fieldMeaning(field) ?? 'nothing'}: ${JSON.stringify(field)}`
  if (!controls[idx]?.inForm) return 'outside a form'
  return native?.events.length ? `not sent, ${controls[idx]?.type}` : `form not recorded (${form.kind})`
}

/** Of the fields asked for, those whose mark stands in a request. */
const markedFields = (
  { form, passes }: Visit,
  sent: ReadonlySet<string>,
  asked: (field: LabelledForm['fields'][number]) => boolean,
): readonly Miss[] =>
  passes.flatMap(({ way, filled }) =>
    form.fields
      .filter(field => asked(field) && marksIn(filled.get(field.idx) ?? '').some(mark => sent.has(mark)))
      .map(({ idx, expect }) => missOf(form, idx, expect, `sent, ${way}: ${filled.get(idx)}`)),
  )

const missOf = ({ id, fields }: LabelledForm, idx: number, expected: string, got: string): Miss => ({
  form: id,
  idx,
  words:
    fields
      .find(field => field.idx === idx)
      ?.words.replace(/\s+/g, ' ')
      .slice(0, 90) ?? '',
  expected,
  got,
})
