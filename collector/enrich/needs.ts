import { canonicalName, nameGlob, pathGlob } from '../../shared/glob.ts'
import type { NeedDefinition } from '../contracts/model.ts'
import { anyGlob } from './globs.ts'

/** Tags of needs by what a person wrote or searched for, a page's canonical path, or a file's name; in model order. */
export interface NeedFinder {
  inText(text: string): readonly string[]
  onPage(canonicalPath: string): readonly string[]
  inFile(file: string): readonly string[]
}

export function compileNeeds(needs: readonly NeedDefinition[]): NeedFinder {
  const compiled = needs.map(need => ({
    tag: need.tag,
    words: need.words.map(plain),
    page: anyGlob(need.pages, pathGlob),
    file: anyGlob(need.assets, nameGlob),
  }))
  const tags = (has: (need: (typeof compiled)[number]) => boolean) =>
    compiled.filter(has).map(({ tag }) => tag)
  return {
    inText: text => {
      const said = plain(text)
      return tags(({ words }) => words.some(word => word !== '' && said.includes(word)))
    },
    onPage: path => tags(({ page }) => page(path)),
    inFile: file => {
      const name = canonicalName(file)
      return tags(need => need.file(name))
    },
  }
}

const plain = (text: string): string => text.normalize('NFC').toLowerCase()
