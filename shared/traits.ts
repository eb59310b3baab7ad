/** Traits with a meaning of their own (product.md, Shapes). Any other name is a custom trait. */
export const TRAIT_NAMES = [
  'email',
  'firstName',
  'lastName',
  'fullName',
  'company',
  'jobTitle',
  'seniority',
  'jobFunction',
  'phone',
  'country',
  'companySize',
  'industry',
  'revenue',
  'website',
  'message',
] as const

export type TraitName = (typeof TRAIT_NAMES)[number]
