import { problemOf } from '@interview-webhooks/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logRefusal } from './request-log.ts';

/**
 * Answers a failure as `application/problem+json` (RFC 9457). What nobody foresaw is logged with its cause and
 * answered without it.
 */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, retryAfterSeconds } = problemOf(error, request.id);
  if (problem.status >= 500) request.log.error({ err: error }, problem.title);
  logRefusal(error, request);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  // RFC 9110, section 15.5.2 wants a challenge; there is no registered scheme for a key in a header of its own.
  if (problem.status === 401) reply.header('www-authenticate', 'ApiKey header="apiKey"');
  // Set for every answer at its start, but an error before any route is found comes sooner.
  reply.header('x-request-id', request.id);
  return reply.code(problem.status).type('application/problem+json').send(problem);
}
