import { expect, it } from 'vitest';
import { KEPT_KEYS, newSigningSecret, signingKey } from './signing-secret.ts';

it('makes secrets of 24 random bytes', () => {
  const [one, other] = [newSigningSecret(), newSigningSecret()];
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  expect(signingKey(one).symmetricKeySize).toBe(24);
  expect(one).not.toBe(other);
});

it.each([
  '',
  'whsec_',
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_not base64!',
  'whsec_MfKQ9r8GKYq*TwjUPD8I',
])('refuses the malformed secret "%s" without repeating it', (secret) => {
  expect(() => signingKey(secret)).toThrow(/^not a whsec_ signing secret$/);
});

it('makes the key of a secret once, and keeps a bounded number of keys', () => {
  const secret = newSigningSecret();
  const key = signingKey(secret);
  expect(signingKey(secret)).toBe(key);
  for (let others = 0; others < KEPT_KEYS; others++) signingKey(newSigningSecret());
  const again = signingKey(secret);
  expect(again).not.toBe(key);
  expect(again.equals(key)).toBe(true);
});
