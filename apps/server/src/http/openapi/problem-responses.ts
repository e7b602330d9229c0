import { problemKinds } from '@interview-webhooks/api';
import type { ProblemCode } from '@interview-webhooks/schema';
import type { RestRoute } from '../rest-routes.ts';

/** Refusals that only some use cases have. */
export type Refusal = Extract<ProblemCode, 'not-found' | 'conflict'>;

const always: readonly ProblemCode[] = [
  // A body, or a path, that cannot be decoded.
  'malformed-request',
  'invalid-input',
  // A parameter in the path that no id is as long as.
  'uri-too-long',
  'unauthenticated',
  'missing-scope',
  // To a browser that is signed in: another site's page made the request.
  'cross-origin',
  'rate-limited',
  'secret-unreadable',
  'internal-error',
  'service-unavailable',
];
const whereBodiesAreRead: readonly ProblemCode[] = ['payload-too-large', 'unsupported-media-type'];

/** Every problem that a route can answer with. */
export function problemsOf(method: RestRoute['method'], refusals: readonly Refusal[]): ProblemCode[] {
  return [...always, ...(method === 'GET' ? [] : whereBodiesAreRead), ...refusals];
}

/** Response objects for `codes` by status. Problems of one status are one response. */
export function problemResponses(codes: readonly ProblemCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => problemKinds[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      problemResponse(
        status,
        codes.filter((code) => problemKinds[code].status === status),
      ),
    ]),
  );
}

const headersByStatus: Record<number, object> = {
  401: { 'www-authenticate': { schema: { type: 'string' }, description: 'That a key is wanted.' } },
  429: { 'retry-after': { $ref: '#/components/headers/RetryAfter' } },
  503: { 'retry-after': { $ref: '#/components/headers/RetryAfter' } },
};

function problemResponse(status: number, codes: readonly ProblemCode[]): object {
  return {
    description: [...new Set(codes.map((code) => problemKinds[code].title))].join('; '),
    headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' }, ...headersByStatus[status] },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }],
          properties: { status: { const: status }, code: { enum: codes } },
        },
      },
    },
  };
}
