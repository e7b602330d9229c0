import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './faults.ts';
import { CreateAiInterview, ListAiInterviews, MetadataView } from './interviews.ts';
import { plainWords } from './plain-words.ts';

z.config({ customError: plainWords });

function faultsIn(body: unknown) {
  const { error } = CreateAiInterview.safeParse(body);
  return error ? faultsOf(error) : [];
}

it('drops spaces around a name and refuses one of nothing else', () => {
  expect(CreateAiInterview.parse({ ai_interview_name: '  Backend ' }).ai_interview_name).toBe('Backend');
  expect(faultsIn({ ai_interview_name: '   ' })).toEqual([
    { path: 'ai_interview_name', message: 'must not be empty' },
  ]);
});

it('keeps metadata flat and small', () => {
  expect(faultsIn({ ai_interview_name: 'x', metadata: { a: { b: 1 } } })).toEqual([
    { path: 'metadata.a', message: 'must be a string, a number, true, false or null' },
  ]);
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'v'.repeat(900)]));
  expect(faultsIn({ ai_interview_name: 'x', metadata: many })).toEqual([
    { path: 'metadata', message: 'must have at most 4,096 bytes as JSON' },
  ]);
});

describe('metadata is kept as it was given, or refused', () => {
  const given = (metadata: unknown) => ({ ai_interview_name: 'x', metadata });
  const unsafe = 'must be at most 9,007,199,254,740,991 either way; send a larger number as text';

  const kept: Record<string, unknown>[] = [
    { ' a': 1, a: 2, 'a ': 3 },
    { n: 9_007_199_254_740_991, m: -9_007_199_254_740_991, x: 0.1, y: 1e-300, z: -12.5 },
    { text: '  kept  ' },
    { constructor: 'a', toString: 'b', length: 1, $set: 2, 'a.b': 3 },
  ];
  it.each(kept.map((metadata) => [metadata]))('%j', (metadata) => {
    expect(CreateAiInterview.parse(given(metadata)).metadata).toEqual(metadata);
  });

  it.each([
    ['2^53', 2 ** 53, unsafe],
    ['beyond 2^53', 12_345_678_901_234_567_000, unsafe],
    ['below -2^53', -(2 ** 60), unsafe],
    ['1e20', 1e20, unsafe],
    ['what JSON’s reader made of 1e400', Infinity, unsafe],
  ])('a number %s is refused', (_what, value, message) => {
    expect(faultsIn(given({ n: value }))).toEqual([{ path: 'metadata.n', message }]);
  });

  it.each([
    ['', 'has a name that must not be empty'],
    ['   ', 'has a name that must not be only spaces'],
    ['k'.repeat(65), 'has a name that must have at most 64 characters'],
    ['_bsontype', 'has a name that must not be "_bsontype", which the database uses itself'],
  ])('a key %j is refused', (key, message) => {
    expect(faultsIn(given({ [key]: 1 }))).toEqual([{ path: `metadata.${key}`, message }]);
  });

  it('what an earlier version took is still shown', () => {
    const stored = { n: 1e20, '\u200b': 'x', k: 'v'.repeat(2000) };
    expect(MetadataView.parse(stored)).toEqual(stored);
  });
});

it('reads a page size from a query string', () => {
  expect(ListAiInterviews.parse({ limit: '3' })).toEqual({ limit: 3 });
  expect(ListAiInterviews.safeParse({ limit: '3.5' }).success).toBe(false);
  expect(ListAiInterviews.safeParse({ limit: '' }).success).toBe(false);
  expect(ListAiInterviews.safeParse({ limit: '101' }).success).toBe(false);
});
