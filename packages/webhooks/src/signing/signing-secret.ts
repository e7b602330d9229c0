import { randomBytes } from 'node:crypto';
import { SECRET_PREFIX } from './standard-webhooks.ts';

const SECRET_BYTES = 24;

/** A new signing secret: `whsec_` and 24 random bytes in base64, the form that Standard Webhooks names. */
export function newSigningSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The key behind a signing secret.
 *
 * @throws Error when `secret` is none. Says nothing of the secret itself: the message may reach a log.
 */
export function signingKey(secret: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(encoded, 'base64');
  // Buffer.from skips what it cannot read, so a mangled secret would sign with another key in silence.
  if (key.length === 0 || key.toString('base64') !== encoded) throw new Error('not a whsec_ signing secret');
  return key;
}
