import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('nothing that controls a terminal or the direction of writing gets through', () => {
  expect(plainText('Eve\u001b[2J\r\n\u009b\u202edeliverd\u2069')).toBe(
    'Eve\ufffd[2J\ufffd\ufffd\ufffd\ufffddeliverd\ufffd',
  );
});

it('names in any script stay as they are', () => {
  expect(plainText('Ada Łovelace 李 👩‍💻 مريم')).toBe('Ada Łovelace 李 👩‍💻 مريم');
});
