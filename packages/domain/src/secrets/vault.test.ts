import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Keyring, parseKeyring } from './keyring.ts';
import { createVault } from './vault.ts';

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const place = { workspaceId: 'w1', field: 'auth.password' };

describe('a vault', () => {
  const vault = createVault(parseKeyring(key('k1')));

  it('opens what it sealed, and seals the same secret differently each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        const sealed = vault.seal(place, secret);
        expect(vault.open(place, sealed)).toBe(secret);
        expect(vault.seal(place, secret)).not.toBe(sealed);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a value moved to another workspace or field', () => {
    const sealed = vault.seal(place, 'secret');
    expect(() => vault.open({ ...place, workspaceId: 'w2' }, sealed)).toThrow();
    expect(() => vault.open({ ...place, field: 'auth.apikey' }, sealed)).toThrow();
  });

  it('refuses a value with any byte changed or cut off', () => {
    const sealed = vault.seal(place, 'secret');
    const [version, id, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => vault.open(place, `${version}.${id}.${changed.toString('base64url')}`)).toThrow();
      expect(() =>
        vault.open(place, `${version}.${id}.${bytes.subarray(0, index).toString('base64url')}`),
      ).toThrow();
    }
    expect(() => vault.open(place, 'secret')).toThrow('not a sealed value');
  });
});

it('keys rotate by putting a new one first', () => {
  const [old, fresh] = [key('old'), key('new')];
  const sealed = createVault(parseKeyring(old)).seal(place, 'secret');
  const rotated = createVault(parseKeyring(`${fresh},${old}`));
  expect(rotated.open(place, sealed)).toBe('secret');
  expect(rotated.seal(place, 'secret')).toMatch(/^v1\.new\./);
  expect(() => createVault(parseKeyring(fresh)).open(place, sealed)).toThrow('SECRET_KEYS has no key "old"');
});

describe('a keyring', () => {
  it('reads ids and keys, the first of which seals', () => {
    const keyring: Keyring = parseKeyring(`${key('b')}, ${key('a')}`);
    expect(keyring.sealWith).toBe('b');
    expect([...keyring.keys.keys()]).toEqual(['b', 'a']);
  });

  it.each([
    ['', 'entry 1 must have the form id:base64'],
    ['k1', 'entry 1 must have the form id:base64'],
    [`${key('a')},`, 'entry 2 must have the form id:base64'],
    ['k1:c2hvcnQ=', 'entry 1 ("k1") must hold 32 bytes, not 5'],
    [`${key('a')},${key('a')}`, 'entry 2 repeats the id "a"'],
    ['k.1:AAAA', 'entry 1 must have the form id:base64'],
  ])('refuses %j', (text, message) => {
    expect(() => parseKeyring(text)).toThrow(message);
  });
});
