import Type, { type Static } from 'typebox'
import { Text } from './grammar/basics.ts'
import { adviseKey, CONDITIONS } from './grammar/conditions.ts'
import { Engagement } from './grammar/engagement.ts'
import { Fit, GateEntry } from './grammar/fit.ts'
import { NameGroups, Needs, PageGroups } from './grammar/groups.ts'
import { Lists } from './grammar/lists.ts'
import { Mql, Recycle } from './grammar/policy.ts'
import { SlaEntry } from './grammar/sla.ts'
import { TestEntry } from './grammar/tests.ts'
import { structureOf } from './structure.ts'

/** goldpan.yaml from top to bottom: the grammar that is checked, and published for editors. */
export const GoldpanFile = Type.Object(
  {
    goldpan: Type.Literal(1, { description: '1, the version of this grammar' }),
    name: Text,
    timezone: Type.Optional(
      Type.String({ maxLength: 60, description: 'an IANA time zone such as Europe/Sofia' }),
    ),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency such as EUR' })),
    pages: Type.Optional(PageGroups),
    assets: Type.Optional(NameGroups),
    forms: Type.Optional(NameGroups),
    lists: Type.Optional(Lists),
    fit: Type.Optional(Fit),
    engagement: Type.Optional(Engagement),
    needs: Type.Optional(Needs),
    disqualify: Type.Optional(Type.Array(GateEntry, { description: 'a list of gates' })),
    mql: Mql,
    handoff: Type.Optional(Type.Enum(['automatic', 'manual'])),
    recycle: Type.Optional(Recycle),
    sla: Type.Optional(SlaEntry),
    tests: Type.Optional(Type.Array(TestEntry, { description: 'a list of tests' })),
  },
  { additionalProperties: false, description: 'a scoring model: a map with goldpan, name, mql and more' },
)
export type GoldpanFile = Static<typeof GoldpanFile>

export const structure = structureOf({ definitions: CONDITIONS, advise: adviseKey })
