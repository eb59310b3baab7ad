import { bots } from './bots.ts'
import { domains } from './domains.ts'
import { fields, forms } from './forms/forms.ts'
import { hostile } from './hostile.ts'
import { pages } from './pages.ts'
import { referrers } from './referrers.ts'
import type { Section } from './section.ts'

/** Every section, in the order of the report. A new one is a file beside this with a `Section`, and its name here. */
export const SECTIONS: readonly Section[] = [forms, fields, pages, bots, referrers, domains, hostile]
