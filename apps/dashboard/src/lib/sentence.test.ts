import { expect, test } from 'vitest';
import { sentence } from './sentence.ts';

test('a fragment becomes a sentence about its field', () => {
  expect(sentence('URL', 'must not be empty')).toBe('URL must not be empty.');
});

test('a fragment that already ends is left alone', () => {
  expect(sentence('URL', 'is taken.')).toBe('URL is taken.');
});
