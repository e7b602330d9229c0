import { expect, it } from 'vitest';
import { newSigningSecret, signingKey } from './signing-secret.ts';

it('makes secrets of 24 random bytes', () => {
  const [one, other] = [newSigningSecret(), newSigningSecret()];
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  expect(signingKey(one)).toHaveLength(24);
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
