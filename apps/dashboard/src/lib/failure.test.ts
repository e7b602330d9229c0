import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { failureOf, isTransient, isUnauthenticated } from './failure.ts';

function answered(problem: unknown): TRPCClientError<never> {
  return TRPCClientError.from({ error: { message: 'm', code: -32_600, data: { problem } } } as never);
}

const problem = {
  type: 'urn:interview-webhooks:problem:invalid-input',
  title: 'Invalid input',
  status: 400,
  detail: 'The request is not valid; errors lists what to change.',
  code: 'invalid-input',
  requestId: 'r-1',
  errors: [{ path: 'webhooks.start.url', message: 'must not be empty' }],
};

test('a problem is taken over with its faults and request id', () => {
  expect(failureOf(answered(problem))).toEqual({
    title: 'Invalid input',
    detail: problem.detail,
    code: 'invalid-input',
    status: 400,
    requestId: 'r-1',
    faults: problem.errors,
  });
});

test.each([
  ['no answer at all', TRPCClientError.from(new TypeError('Failed to fetch'))],
  ['an answer of something in between', answered('<html>')],
  ['an error of our own making', new Error('bug')],
])('%s is an unreachable server', (_case, error) => {
  expect(failureOf(error)).toMatchObject({ code: null, status: 0, requestId: null, faults: [] });
});

test('a call that was given up does not say that nothing was changed', () => {
  const error = TRPCClientError.from(new DOMException('signal timed out', 'TimeoutError'));
  expect(failureOf(error)).toMatchObject({ title: 'The server does not answer', status: 0 });
  expect(failureOf(error).detail).toContain('check whether that was done');
  expect(isTransient(error)).toBe(true);
});

test('only what may work a moment later is tried again', () => {
  expect(isTransient(answered({ ...problem, status: 503 }))).toBe(true);
  expect(isTransient(TRPCClientError.from(new TypeError('Failed to fetch')))).toBe(true);
  expect(isTransient(answered(problem))).toBe(false);
});

test('a session that is over is told by its code', () => {
  expect(isUnauthenticated(answered({ ...problem, status: 401, code: 'unauthenticated' }))).toBe(true);
  expect(isUnauthenticated(answered(problem))).toBe(false);
});
