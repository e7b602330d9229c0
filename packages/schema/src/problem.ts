import { z } from 'zod';
import { Fault } from './faults.ts';

/** Why a request failed, RFC 9457 (`application/problem+json`). The same body over REST and inside tRPC errors. */
export const Problem = z.object({
  type: z.string().meta({ description: 'URI of the kind of problem; ends in `code`.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: 'Stable, for programs to decide by.' }),
  requestId: z.string().meta({ description: 'Finds the request in the logs.' }),
  errors: z.array(Fault).optional().meta({ description: 'Every fault of the input, one a field.' }),
});
export type Problem = z.infer<typeof Problem>;
