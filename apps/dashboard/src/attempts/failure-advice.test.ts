import { LastError } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { failureAdvice } from './failure-advice.ts';

test.each(LastError.options)('%s is explained, with what to do', (code) => {
  const { what, advice } = failureAdvice(code, null);
  expect(what).toMatch(/^[a-z].*[^.]$/);
  expect(advice).toMatch(/^[A-Z].*\.$/);
  // In words, not in codes.
  expect(what).not.toContain(code.includes('-') ? code : '\0');
});

test.each([
  [404, 'path of the URL'],
  [401, 'authentication'],
  [429, 'fewer requests'],
  [503, 'wrong at the receiver'],
  [418, 'answer 2xx'],
])('an answer of %s says %s', (status, words) => {
  const { what, advice } = failureAdvice('http-status', status);
  expect(what).toBe(`the receiver answered ${status}`);
  expect(advice).toContain(words);
});
