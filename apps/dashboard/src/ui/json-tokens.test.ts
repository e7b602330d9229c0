import { exampleEvents } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { jsonTokens, MAX_TOKENS } from './json-tokens.ts';

it('tells names, texts and values apart', () => {
  const tokens = jsonTokens('{"a": "b: \\"c\\"", "d": [-1.5e3, true, null]}').filter(
    ({ kind }) => kind !== 'mark',
  );
  expect(tokens.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'name "a"',
    'text "b: \\"c\\""',
    'name "d"',
    'value -1.5e3',
    'value true',
    'value null',
  ]);
});

it.each(Object.entries(exampleEvents))('loses nothing of the %s', (_part, event) => {
  const json = JSON.stringify(event, null, 2);
  expect(
    jsonTokens(json)
      .map(({ text }) => text)
      .join(''),
  ).toBe(json);
});

it('makes a bounded number of them, and loses nothing', () => {
  const json = `[${'1, '.repeat(MAX_TOKENS)}1]`;
  const tokens = jsonTokens(json);
  expect(tokens).toHaveLength(MAX_TOKENS + 1);
  expect(tokens.map(({ text }) => text).join('')).toBe(json);
});
