import Type, { type Static } from 'typebox'
import type { GlobGroup, NeedDefinition } from '../../contracts/model.ts'
import { NameGlobs, named, PathGlobs, Texts } from './basics.ts'

/** `pages`, `assets`, `forms`: names and the globs that give them, first match wins. */
export const PageGroups = named(PathGlobs, 'page categories, each with its paths')
export const NameGroups = named(NameGlobs, 'names, each with its patterns')

type WrittenGroups = Readonly<Record<string, readonly string[]>>

export const groupsOf = (groups: WrittenGroups | undefined): readonly GlobGroup[] =>
  Object.entries(groups ?? {}).map(([name, globs]) => ({ name, globs }))

/** `needs`: what people look for, told from their words and from what they read. */
export const Needs = named(
  Type.Object(
    { words: Type.Optional(Texts), pages: Type.Optional(PathGlobs), assets: Type.Optional(NameGlobs) },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'words, pages or assets that show the need',
    },
  ),
  'need tags, such as { rebranding: { words: [rebrand] } }',
)

export const needsOf = (needs: Static<typeof Needs> | undefined): readonly NeedDefinition[] =>
  Object.entries(needs ?? {}).map(([tag, { words = [], pages = [], assets = [] }]) => ({
    tag,
    words,
    pages,
    assets,
  }))
