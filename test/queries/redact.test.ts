import { describe, expect, it } from 'vitest'
import type { EventShape } from '../../collector/queries/event-shape.ts'
import type { LeadShape } from '../../collector/queries/lead-shape.ts'
import { redactEvent, redactLead } from '../../collector/queries/redact.ts'

const SECRETS = [
  'anna@acme.example',
  'Anna',
  'Ivanova',
  'Acme',
  '+359888123456',
  'please call',
  'acme.example',
]

const lead: LeadShape = {
  id: 'l1',
  site: 'site',
  stage: 'lead',
  email: 'anna@acme.example',
  name: 'Anna Ivanova',
  traits: {
    email: { value: 'anna@acme.example', source: 'form', at: '2026-01-12T12:00:00.000Z' },
    phone: { value: '+359888123456', source: 'form', at: '2026-01-12T12:00:00.000Z' },
    company: { value: 'Acme', source: 'form', at: '2026-01-12T12:00:00.000Z' },
    message: { value: 'please call', source: 'form', at: '2026-01-12T12:00:00.000Z' },
  },
  account: { id: 'a1', domain: 'acme.example', name: 'Acme' },
  fit: { score: 20, grade: 'C', matched: ['it-company'], mismatched: [], unknown: [] },
  engagement: { score: 5, asOf: '2026-01-12T12:00:00.000Z' },
  mql: { since: null, until: null, by: null, reasons: [], missing: [] },
  firstTouch: null,
  lastTouch: null,
  firstSeenAt: '2026-01-12T12:00:00.000Z',
  lastSeenAt: '2026-01-12T12:00:00.000Z',
  visitors: ['visitor-one'],
  flags: [],
  needs: [],
  suspicions: [],
  unconfirmed: [],
  claims: null,
  test: false,
  model: { name: 'Example', version: 1 },
}

const event = (type: string, props: EventShape['props'], traits: EventShape['traits'] = {}): EventShape => ({
  id: 'e1',
  site: 'site',
  type,
  visitor: 'visitor-one',
  lead: 'l1',
  session: 's1',
  occurredAt: '2026-01-12T12:00:00.000Z',
  receivedAt: '2026-01-12T12:00:00.000Z',
  page: null,
  props,
  traits,
  traffic: { kind: 'human', evidence: null },
})

describe('redactLead', () => {
  it('leaves no value of a trait, and says so', () => {
    const text = JSON.stringify(redactLead(lead))
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(redactLead(lead)).toMatchObject({
      email: null,
      name: null,
      account: { id: 'a1', domain: null, name: null },
      traits: { phone: { value: null, source: 'form', redacted: true } },
    })
  })

  it('keeps scores, stage and which traits are known', () => {
    const { fit, engagement, stage, visitors, traits } = redactLead(lead)
    expect({ fit, engagement, stage, visitors }).toEqual({
      fit: lead.fit,
      engagement: lead.engagement,
      stage: 'lead',
      visitors: ['visitor-one'],
    })
    expect(Object.keys(traits)).toEqual(Object.keys(lead.traits))
  })
})

describe('redactEvent', () => {
  it('keeps the controls of a form, not what was typed into them', () => {
    const fields = [
      { name: 'email', label: 'Your e-mail', value: 'anna@acme.example' },
      { name: 'msg', value: 'please call' },
    ]
    const redacted = redactEvent(
      event('form_submit', { form: { id: 'contact' }, fields }, { email: 'anna@acme.example' }),
    )
    expect(redacted.props).toEqual({
      form: { id: 'contact' },
      fields: [
        { name: 'email', label: 'Your e-mail', value: null },
        { name: 'msg', value: null },
      ],
    })
    expect(redacted.traits).toEqual({ email: null })
    expect(redacted.redacted).toBe(true)
  })

  it('tells nothing of the company in a group call', () => {
    const props = { group: 'acme.example', traits: { name: 'Acme' } }
    expect(redactEvent(event('group', props)).props).toEqual({ group: null, traits: null })
  })

  it('keeps the names in an identify call, not the values', () => {
    const props = { email: 'anna@acme.example', phone: '+359888123456', traits: { company: 'Acme' } }
    expect(redactEvent(event('identify', props)).props).toEqual({ email: null, phone: null, traits: null })
  })

  it('drops the note of a decision, not its reason', () => {
    const props = { to: 'nurturing', reason: 'not_ready', note: 'Anna is on leave' }
    expect(redactEvent(event('decision', props)).props).toEqual({
      to: 'nurturing',
      reason: 'not_ready',
      note: null,
    })
  })

  it('does not trust the shape of stored props', () => {
    expect(redactEvent(event('form_submit', { fields: 'anna@acme.example' })).props).toEqual({ fields: [] })
    expect(redactEvent(event('form_submit', { fields: ['anna@acme.example'] })).props).toEqual({
      fields: [null],
    })
  })
})
