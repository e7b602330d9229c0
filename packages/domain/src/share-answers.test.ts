import { expect, it } from 'vitest';
import { shareAnswers } from './share-answers.ts';

it('asks once for all who ask at the same moment, and again afterwards', async () => {
  const shared = shareAnswers<number>();
  let asked = 0;
  const ask = () => Promise.resolve(++asked);
  expect(await Promise.all([shared('a', ask), shared('a', ask), shared('b', ask)])).toEqual([1, 1, 2]);
  expect(await shared('a', ask)).toBe(3);
});

it('forgets an answer that failed', async () => {
  const shared = shareAnswers<number>();
  const failing = () => Promise.reject(new Error('away'));
  const both = await Promise.allSettled([shared('a', failing), shared('a', failing)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await shared('a', () => Promise.resolve(1))).toBe(1);
});
