import { expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './faults.ts';
import { CreateAiInterview, ListAiInterviews } from './interviews.ts';
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

it('reads a page size from a query string', () => {
  expect(ListAiInterviews.parse({ limit: '3' })).toEqual({ limit: 3 });
  expect(ListAiInterviews.safeParse({ limit: '3.5' }).success).toBe(false);
  expect(ListAiInterviews.safeParse({ limit: '' }).success).toBe(false);
  expect(ListAiInterviews.safeParse({ limit: '101' }).success).toBe(false);
});
