import { LRUCache } from 'lru-cache';
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { SECRET_PREFIX } from './standard-webhooks.ts';

const SECRET_BYTES = 24;

/** How many keys are kept, those that were used last: one for each workspace that sends. */
export const KEPT_KEYS = 10_000;
const keys = new LRUCache<string, KeyObject>({ max: KEPT_KEYS });

/** A new signing secret: `whsec_` and 24 random bytes in base64, the form that Standard Webhooks names. */
export function newSigningSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The key behind a signing secret. It is kept: a webhook is signed for each attempt, with the same few secrets.
 *
 * @throws Error when `secret` is none. Says nothing of the secret itself: the message may reach a log.
 */
export function signingKey(secret: string): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) {
    key = createSecretKey(decoded(secret));
    keys.set(secret, key);
  }
  return key;
}

function decoded(secret: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(encoded, 'base64');
  // Buffer.from skips what it cannot read, so a mangled secret would sign with another key in silence.
  if (key.length === 0 || key.toString('base64') !== encoded) throw new Error('not a whsec_ signing secret');
  return key;
}
