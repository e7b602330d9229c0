import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UnreadableSecretError } from '../errors.ts';
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
    for (const elsewhere of [
      { ...place, workspaceId: 'w2' },
      { ...place, field: 'auth.apikey' },
    ]) {
      expect(() => vault.open(elsewhere, sealed)).toThrow('sealed for another workspace or field');
    }
  });

  it('refuses a value that is sealed with one key and says another', () => {
    const keyring = parseKeyring(`${key('k1')},${key('k2')}`);
    const sealed = createVault(keyring).seal(place, 'secret');
    expect(() => createVault(keyring).open(place, sealed.replace('.k1.', '.k2.'))).toThrow('it was changed');
    // Not even under another name of the same key.
    const renamed = { sealWith: 'k9', keys: new Map([['k9', keyring.keys.get('k1') ?? Buffer.alloc(0)]]) };
    expect(() => createVault(renamed).open(place, sealed.replace('.k1.', '.k9.'))).toThrow('it was changed');
  });

  const character = fc.oneof(
    fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('A', 'B', 'w', '=', '.', '-', '_', '\n', 'é', '\u0000'),
  );
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom('replace', 'insert', 'remove', 'cut', 'append'),
    character,
  );

  it('refuses a value with anything changed anywhere, in plain words that give nothing away', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), change, (secret, [where, how, other]) => {
        const sealed = vault.seal(place, secret);
        const at = where % sealed.length;
        const changed = {
          replace: sealed.slice(0, at) + other + sealed.slice(at + 1),
          insert: sealed.slice(0, at) + other + sealed.slice(at),
          remove: sealed.slice(0, at) + sealed.slice(at + 1),
          cut: sealed.slice(0, at),
          append: sealed + other,
        }[how];
        fc.pre(changed !== sealed);
        const open = () => vault.open(place, changed);
        expect(open).toThrow(UnreadableSecretError);
        expect(open).toThrow(/^The stored auth\.password cannot be opened: (it|SECRET_KEYS)/);
        expect(open).not.toThrow(secret);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a value with any bit of its bytes changed', () => {
    const [version, id, body = ''] = vault.seal(place, 'secret').split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const forged = `${version}.${id}.${changed.toString('base64url')}`;
      expect(() => vault.open(place, forged)).toThrow('it was changed');
    }
  });

  it('takes no second way to write the same value', () => {
    const sealed = vault.seal(place, 'x'.repeat(8));
    const body = sealed.split('.')[2] ?? '';
    const same = Buffer.from(body, 'base64url');
    const others = [`${sealed}.x`, `${sealed}=`, `${sealed}\n`, sealed.replace(/.$/, ' $&')];
    // The last letter of 36 bytes has no spare bits; that of 37 has.
    const odd = vault.seal(place, 'x'.repeat(9));
    const lastLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
    others.push(...lastLetters.map((letter) => odd.slice(0, -1) + letter).filter((other) => other !== odd));
    expect(same).toHaveLength(36);
    for (const other of others) expect(() => vault.open(place, other)).toThrow(UnreadableSecretError);
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
