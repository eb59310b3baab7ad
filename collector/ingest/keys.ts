import type { Flaw } from './flaw.ts'

/** How every secret key begins. */
const SECRET = 'sk_'

export const isSecretKey = (key: string | null | undefined): boolean => key?.startsWith(SECRET) === true

/**
 * A secret key that a page sends is refused, wherever in the request it stands: everybody who opens the page can read it, and
 * say as the owner's server who a person is. Taken, it would work, and so stay there; and refused without a reason, its owner
 * would not know that it is out. Whether it is anybody's is not looked up. A browser names the page's origin in every request
 * that is not a GET (Fetch standard, Origin header), a program names none: one that does passes on a page's headers.
 * @param origin Origin header, or null when none came
 */
export const secretInPage = (key: string | null, named: string | null, origin: string | null): Flaw | null =>
  origin !== null && (isSecretKey(key) || isSecretKey(named)) ? SECRET_IN_PAGE : null

const SECRET_IN_PAGE: Flaw = {
  code: 'secret_key_exposed',
  path: '',
  message:
    'expected a public key (pk_…) from a page, came a secret key, which everybody who opens the page can read. Put the public key there, and treat the secret key as known to others. If a server of yours sent this, let it leave out the Origin header.',
}

export const UNKNOWN_KEY: Flaw = {
  code: 'unknown_key',
  path: '/site',
  message:
    'expected the key of a site of this collector, came another. Copy the tag again, or run `goldpan site list`.',
}

/**
 * Why there is no site for these keys. Of sites other than the secret key's nothing is said: whether what was named is
 * another's or nobody's, the answer is the same.
 * @param named what the body says of the site
 */
export async function unknownKey(
  findSite: (key: string, secretKey: string | null) => Promise<object | null>,
  named: string,
  secretKey: string | null,
): Promise<Flaw> {
  if (secretKey === null) return isSecretKey(named) ? SECRET_ALONE : UNKNOWN_KEY
  if (!isSecretKey(secretKey)) return NO_SECRET_KEY
  return (await findSite(secretKey, secretKey)) ? OF_ANOTHER_SITE : UNKNOWN_SECRET_KEY
}

const SECRET_ALONE: Flaw = {
  code: 'unknown_key',
  path: '/site',
  message:
    'expected a public key (pk_…), came a secret key. Send that as `Authorization: Bearer sk_…`, from your server.',
}

const NO_SECRET_KEY: Flaw = {
  code: 'unknown_key',
  path: '',
  message:
    'expected an Authorization header of the form `Bearer sk_…`, with the secret key of the site, came another. An API token (gp_…) asks, and sends no events. Send the secret key, or leave the header out.',
}

const UNKNOWN_SECRET_KEY: Flaw = {
  code: 'unknown_key',
  path: '',
  message:
    'expected a secret key of this collector in the Authorization header, came one that no site here has. Copy all of it again; it was shown once, when the site was made.',
}

const OF_ANOTHER_SITE: Flaw = {
  code: 'key_mismatch',
  path: '/site',
  message:
    'expected a key or the id of the site whose secret key came, came another. Name that site, or send the secret key of the one you name.',
}
