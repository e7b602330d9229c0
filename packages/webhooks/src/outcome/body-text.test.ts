import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyText } from './body-text.ts';

const text = (bytes: Buffer, truncated = false, maxBytes = 16) => bodyText({ bytes, truncated }, maxBytes);

it('leaves a body that is text as it is', () => {
  expect(text(Buffer.from('Zoë 渡辺 👩'))).toBe('Zoë 渡辺 👩');
  expect(text(Buffer.from('\uFEFFmark'))).toBe('\uFEFFmark');
  expect(text(Buffer.alloc(0))).toBe('');
});

it('leaves out a character that the cut splits', () => {
  for (const length of [1, 2, 3]) expect(text(Buffer.from('a👩').subarray(0, 1 + length), true)).toBe('a');
  expect(text(Buffer.from('a👩'), true)).toBe('a👩');
});

it('replaces what is not UTF-8, and the replacements do not let it grow', () => {
  expect(text(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\uFFFDb');
  expect(text(Buffer.from([0x61, 0xc3]))).toBe('a\uFFFD');
  expect(text(Buffer.alloc(16, 0xff))).toBe('\uFFFD'.repeat(5));
});

it('is always well-formed and within its limit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, truncated) => {
      const result = text(Buffer.from(bytes), truncated, 64);
      expect(result.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(result)).toBeLessThanOrEqual(64);
    }),
  );
});
