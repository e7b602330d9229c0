import { expect, test } from 'vitest';
import { isolated } from './isolated.ts';

test.each(['Ada Lovelace', 'مريم', 'a\u200fb', ''])('%j, which controls nothing, stays as it is', (name) => {
  expect(isolated(name)).toBe(name);
});

test.each([
  ['\u202eevE', '\u2068\u202eevE\u202c\u2069'],
  ['Eve\u202e', '\u2068Eve\u202e\u202c\u2069'],
  ['\u2067Eve', '\u2068\u2067Eve\u2069\u2069'],
  ['\u2067Eve\u2069', '\u2068\u2067Eve\u2069\u2069'],
  ['\u2069\u202eEve', '\u2068\u202eEve\u202c\u2069'],
  ['\u202c\u202cEve', '\u2068Eve\u2069'],
  ['\u2066\u202eEve\u2069x', '\u2068\u2066\u202eEve\u2069x\u2069'],
  ['\u202b\u2067Eve\u202c', '\u2068\u202b\u2067Eve\u2069\u202c\u2069'],
])('%j ends what it has begun, and no more than that', (name, shown) => {
  expect(isolated(name)).toBe(shown);
});
