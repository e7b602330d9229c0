import { expect, test } from 'vitest';
import { isOlderVersion } from './glibc-version.ts';

test.each([
  ['2.36', '2.38', true],
  ['2.9', '2.38', true],
  ['2.38', '2.38', false],
  ['2.38.1', '2.38', false],
  ['2.41', '2.38', false],
  ['2.100', '2.38', false],
  ['3.0', '2.38', false],
])('%s is older than %s: %s', (version, required, older) => {
  expect(isOlderVersion(version, required)).toBe(older);
});
