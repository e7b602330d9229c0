import { type ProblemAnswer, problemOf, trpcErrorOf } from '@interview-webhooks/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logRefusal } from './request-log.ts';

/**
 * Answers a failure as `application/problem+json` (RFC 9457). What nobody foresaw is logged with its cause and
 * answered without it.
 */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.send(prepared(error, request, reply).problem);
}

/**
 * {@link sendProblem} for a call of tRPC's that fails before tRPC has it: its clients look for the problem in `error`, which
 * is an extension member to everybody else.
 */
export function sendTrpcProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, trpcCode } = prepared(error, request, reply);
  return reply.send({ ...problem, error: trpcErrorOf(problem, trpcCode) });
}

/** Everything of the answer but its body. */
function prepared(error: unknown, request: FastifyRequest, reply: FastifyReply): ProblemAnswer {
  const answer = problemOf(error, request.id);
  const { problem, retryAfterSeconds } = answer;
  if (problem.status >= 500) request.log.error({ err: error }, problem.title);
  logRefusal(error, request);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  // RFC 9110, section 15.5.2 wants a challenge; there is no registered scheme for a key in a header of its own.
  if (problem.status === 401) reply.header('www-authenticate', 'ApiKey header="apiKey"');
  // Set for every answer at its start, but an error before any route is found comes sooner.
  reply.header('x-request-id', request.id);
  reply.code(problem.status).type('application/problem+json');
  return answer;
}
