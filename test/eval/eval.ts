import type { Means, Section } from './section.ts'
import { SECTIONS } from './sections.ts'

/**
 * The sections of these names, all when none is given.
 * @throws Error naming what there is, for a name that is not one
 */
export function sectionsNamed(names: readonly string[]): readonly Section[] {
  const unknown = names.find(name => !SECTIONS.some(section => section.name === name))
  if (unknown !== undefined)
    throw new Error(`No section “${unknown}”. There are: ${SECTIONS.map(({ name }) => name).join(', ')}.`)
  return SECTIONS.filter(({ name }) => names.length === 0 || names.includes(name))
}

/** What the terminal prints of one section. */
export const evaluateSection = async (
  section: Section,
  folder: string,
  means: Means,
): Promise<readonly string[]> => [...(await section.evaluate(folder, means))]
