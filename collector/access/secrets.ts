import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a secret is of, in front of it: people, logs and secret scanners know it at a glance. */
export type SecretKind = 'pk_live_' | 'pk_test_' | 'sk_' | 'gp_'

const SECRET_BYTES = 24

/** 192 random bits in base64url behind the kind's prefix. */
export const newSecret = (kind: SecretKind): string => kind + randomBytes(SECRET_BYTES).toString('base64url')

/** SHA-256, hex: how secrets are kept. They are random, so a slow hash would add nothing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares two hashes of hashOf in constant time. */
export const isSameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))
