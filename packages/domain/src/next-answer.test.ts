import { expect, it } from 'vitest';
import { nextAnswers } from './next-answer.ts';

/** Answers how often it was asked, when it is let go. */
function question() {
  const held: (() => void)[] = [];
  let asked = 0;
  return {
    times: () => asked,
    ask: () => {
      const answer = ++asked;
      return new Promise<number>((resolve) => {
        held.push(() => {
          resolve(answer);
        });
      });
    },
    /** Answers the question that was asked first; resolves when what follows from it has begun. */
    answer: async () => {
      held.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('those who ask while a question is on its way share the next one', async () => {
  const { ask, answer, times } = question();
  const share = nextAnswers<number>();
  const first = share('list', ask);
  const others = Array.from({ length: 40 }, () => share('list', ask));
  expect(times()).toBe(1);
  await answer();
  expect([await first, times()]).toEqual([1, 2]);
  // Asked after the second one had begun, so it could be older than the question.
  const late = share('list', ask);
  await answer();
  expect(new Set(await Promise.all(others))).toEqual(new Set([2]));
  await answer();
  expect([await late, times()]).toEqual([3, 3]);
});

it('questions that differ do not wait for each other', () => {
  const { ask, times } = question();
  const share = nextAnswers<number>();
  void share('one', ask);
  void share('another', ask);
  expect(times()).toBe(2);
});

it('a question that fails is told to those who asked it, and asked again by the next', async () => {
  const share = nextAnswers<string>();
  const failing = share('list', () => Promise.reject(new Error('too long')));
  const next = share('list', () => Promise.resolve('an answer'));
  await expect(failing).rejects.toThrow('too long');
  expect(await next).toBe('an answer');
  expect(await share('list', () => Promise.resolve('asked anew'))).toBe('asked anew');
});
