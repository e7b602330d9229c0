import {
  DomainError,
  InvalidInputError,
  RateLimitError,
  UnreadableSecretError,
} from '@interview-webhooks/domain';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemOf, toTrpcError, TransportError } from './problems.ts';

const fault = { path: 'webhooks.start.url', message: 'must be a full URL that begins with https://' };
const fastifyError = (statusCode: number) => Object.assign(new Error('said by Fastify'), { statusCode });

/** Every kind of failure, and how both the REST adapter and tRPC must answer it. */
const failures: [error: Error, status: number, code: string][] = [
  [new InvalidInputError([fault]), 400, 'invalid-input'],
  [new DomainError('unauthenticated', 'm'), 401, 'unauthenticated'],
  [new DomainError('missing-scope', 'm'), 403, 'missing-scope'],
  [new TransportError('cross-origin', 'm'), 403, 'cross-origin'],
  [new DomainError('not-found', 'm'), 404, 'not-found'],
  [new TransportError('method-not-allowed', 'm'), 405, 'method-not-allowed'],
  [new DomainError('conflict', 'm'), 409, 'conflict'],
  [new RateLimitError('m', 7), 429, 'rate-limited'],
  [new UnreadableSecretError('auth.password', 'm'), 500, 'secret-unreadable'],
  [new Error('ECONNREFUSED 10.0.0.1 password=hunter2'), 500, 'internal-error'],
  [new z.ZodError([]), 500, 'internal-error'],
];

describe('one table answers for REST and tRPC', () => {
  it.each(failures)('%s is %i %s', (error, status, code) => {
    const rest = problemOf(error, 'r1').problem;
    expect(rest).toMatchObject({
      status,
      code,
      requestId: 'r1',
      type: `urn:interview-webhooks:problem:${code}`,
    });
    const thrown = toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }));
    expect(getHTTPStatusCodeFromError(thrown)).toBe(status);
    expect(problemOf(thrown, 'r1').problem).toEqual(rest);
  });

  it.each([
    [400, 'malformed-request'],
    [404, 'not-found'],
    [413, 'payload-too-large'],
    [415, 'unsupported-media-type'],
    [414, 'uri-too-long'],
    [416, 'malformed-request'],
    [418, 'malformed-request'],
    [302, 'internal-error'],
    [502, 'internal-error'],
    [500, 'internal-error'],
  ])('Fastify’s own %i is %s', (statusCode, code) => {
    const { problem } = problemOf(fastifyError(statusCode), 'r1');
    expect(problem.code).toBe(code);
    expect(problem.status).toBe(code === 'internal-error' ? 500 : statusCode);
  });

  it.each([
    ['TIMEOUT', 408, 'malformed-request'],
    ['CLIENT_CLOSED_REQUEST', 499, 'malformed-request'],
    ['NOT_IMPLEMENTED', 500, 'internal-error'],
  ] as const)('tRPC’s own %s is %i', (code, status, problemCode) => {
    const { problem } = problemOf(new TRPCError({ code, message: 'said by tRPC' }), 'r1');
    expect(problem).toMatchObject({ status, code: problemCode });
  });
});

it('lists the faults of input that the schema refuses, and the time to wait', () => {
  const { error } = z.object({ limit: z.number() }).safeParse({ limit: 'x' });
  const refused = new TRPCError({ code: 'BAD_REQUEST', cause: error });
  expect(problemOf(refused, 'r1').problem.errors).toMatchObject([{ path: 'limit' }]);
  expect(problemOf(new RateLimitError('m', 7), 'r1').retryAfterSeconds).toBe(7);
});

it('shows nothing of a failure nobody foresaw, nor of an answer that does not fit its schema', () => {
  const { error } = z.object({ secret: z.number() }).safeParse({ secret: 'hunter2' });
  for (const cause of [new Error('hunter2'), error, fastifyError(500)]) {
    const thrown = toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'hunter2', cause }));
    const shown = JSON.stringify([problemOf(cause, 'r1'), problemOf(thrown, 'r1')]);
    expect(shown).not.toMatch(/hunter2|said by/);
  }
});

describe('of many faults', () => {
  const faults = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ path: `k${index}`, message: 'm' }));
  it('an answer lists a hundred and says that there are more', () => {
    const { problem } = problemOf(new InvalidInputError(faults(101)), 'r1');
    expect(problem.errors).toEqual(faults(100));
    expect(problem.hasMoreErrors).toBe(true);
    expect(problem.detail).toBe(
      'The request is not valid; errors lists the first 100 faults, and there are more.',
    );
  });
  it('but says nothing of the kind of a hundred', () => {
    const { problem } = problemOf(new InvalidInputError(faults(100)), 'r1');
    expect(problem.errors).toHaveLength(100);
    expect(problem).not.toHaveProperty('hasMoreErrors');
  });
  it('each has a path of a bounded length', () => {
    const { problem } = problemOf(new InvalidInputError([{ path: 'k'.repeat(60_000), message: 'm' }]), 'r1');
    expect(problem.errors?.[0]?.path).toBe(`${'k'.repeat(300)}…`);
  });
});

it('repeats nothing of input that tRPC cannot read', () => {
  const refused = new TRPCError({
    code: 'BAD_REQUEST',
    message: 'Unexpected token, "hunter2" is not valid JSON',
    cause: new SyntaxError('Unexpected token, "hunter2" is not valid JSON'),
  });
  expect(problemOf(refused, 'r1').problem).toMatchObject({
    code: 'malformed-request',
    detail: 'The input cannot be read; send valid JSON (RFC 8259).',
  });
});
