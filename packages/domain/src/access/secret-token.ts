import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits behind a readable prefix: not to be guessed, easy to recognise in a log or a leak scan. */
export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 in hex. Enough for a random token: there is nothing to guess that a slow hash would protect. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two hashes in constant time. */
export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
