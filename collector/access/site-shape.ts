import type { Site } from '../storage/store.ts'

/** What an administrator is shown of a site, by API and command line: everything but what its secret key is checked by. */
export const siteShape = ({
  secretKeyHash: _,
  createdAt: __,
  ...shown
}: Site): Omit<Site, 'secretKeyHash' | 'createdAt'> => shown
