import Type, { type Static } from 'typebox'
import type { CompanyList } from '../../contracts/model.ts'
import { networkIn } from '../../contracts/networks.ts'
import { quoted, type Report } from '../problems.ts'
import { itemsOf, type Tree, treeAt } from '../tree.ts'
import { named, Text } from './basics.ts'

const entries = (description: string) => Type.Array(Text, { description })

/** In the folder of the model: no path, so that a model cannot read what is none of its business. */
export const ListFileName = Type.String({
  pattern: '^[\\p{L}\\p{N}_-][\\p{L}\\p{N} _.-]{0,120}$',
  description: 'the name of a CSV file in the folder of the model, such as customers.csv',
})

/** `lists`: companies and people known by name, written here or in a CSV beside the file. */
const ListEntry = Type.Object(
  {
    domains: Type.Optional(entries('e-mail domains such as [rival.example]')),
    emails: Type.Optional(entries('addresses such as [ann@rival.example]')),
    companies: Type.Optional(entries('company names such as ["Rival Ltd"]')),
    ip: Type.Optional(entries('addresses and networks such as [203.0.113.7, 198.51.100.0/24]')),
    file: Type.Optional(ListFileName),
  },
  { additionalProperties: false, description: 'a list such as { domains: [rival.example] }' },
)
export const Lists = named(ListEntry, 'lists, such as { competitors: { domains: [rival.example] } }')

export const EMPTY_LIST: CompanyList = { domains: [], emails: [], companies: [], ips: [] }

/** The list as written, joined with what its file says. Domains and addresses are compared without case. */
export const listOf = (entry: Static<typeof ListEntry>, fromFile: CompanyList): CompanyList => ({
  domains: [...lowered(entry.domains), ...fromFile.domains],
  emails: [...lowered(entry.emails), ...fromFile.emails],
  companies: [...(entry.companies ?? []), ...fromFile.companies],
  ips: [...(entry.ip ?? []), ...fromFile.ips],
})

const lowered = (texts: readonly string[] | undefined) => (texts ?? []).map(text => text.toLowerCase())

/** Why a text is not what it should be, as "expected …"; null when it is. Shared with the CSV files. */
export const LIST_CHECKS: Readonly<Record<keyof CompanyList, (text: string) => string | null>> = {
  domains: text => (isDomain(text) ? null : 'a domain such as rival.example'),
  emails: text => (isEmail(text) ? null : 'an address such as ann@rival.example'),
  companies: () => null,
  ips: text => (networkIn(text) ? null : 'an address or network such as 203.0.113.7 or 203.0.113.0/24'),
}

export function checkList(tree: Tree, report: Report): void {
  const kinds = [
    ['domains', 'domains'],
    ['emails', 'emails'],
    ['ip', 'ips'],
  ] as const
  for (const [key, kind] of kinds) {
    for (const item of itemsOf(treeAt(tree, key))) {
      const expected = LIST_CHECKS[kind](String(item.value))
      if (expected !== null) report(item, { expected, got: quoted(item.value) })
    }
  }
}

const isDomain = (text: string): boolean => {
  const labels = text.split('.')
  return (
    text.length <= 253 &&
    labels.length > 1 &&
    labels.every(label => /^[\p{L}\p{N}\p{M}_-]{1,63}$/u.test(label))
  )
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  return at > 0 && !/\s/.test(text) && isDomain(text.slice(at + 1))
}
