import { z } from 'zod';
import { Fault, MAX_FAULTS } from './faults.ts';

/** Everything that can go wrong with a request; the table in `packages/api` says what each means in HTTP. */
export type ProblemCode =
  | 'malformed-request'
  | 'invalid-input'
  | 'unauthenticated'
  | 'missing-scope'
  | 'cross-origin'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'payload-too-large'
  | 'uri-too-long'
  | 'unsupported-media-type'
  | 'rate-limited'
  | 'secret-unreadable'
  | 'internal-error'
  | 'service-unavailable';

/** Why a request failed, RFC 9457 (`application/problem+json`). The same body over REST and inside tRPC errors. */
export const Problem = z.object({
  type: z.string().meta({ description: 'URI of the kind of problem; ends in `code`.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: 'Stable, for programs to decide by.' }),
  requestId: z.string().meta({ description: 'Finds the request in the logs.' }),
  errors: z
    .array(Fault)
    .optional()
    .meta({
      description: `Every fault of the input, one a field; the first ${MAX_FAULTS} where there are more.`,
    }),
  hasMoreErrors: z
    .boolean()
    .optional()
    .meta({ description: 'Says that the input has more faults than `errors` lists.' }),
});
export interface Problem extends z.infer<typeof Problem> {
  // As a type only: a caller may be older than the server, and a code it does not know is a problem all the same.
  code: ProblemCode | (string & {});
}

/**
 * The problem that a tRPC error carries in its `data`. Looked at before it is believed: a proxy between caller and
 * server answers with whatever it likes.
 */
export function problemIn(data: unknown): Problem | undefined {
  if (typeof data !== 'object' || data === null || !('problem' in data)) return undefined;
  return Problem.safeParse(data.problem).data;
}
