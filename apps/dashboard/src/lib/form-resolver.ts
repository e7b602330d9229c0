import { plainWords } from '@interview-webhooks/schema';
import { zodResolver } from '@hookform/resolvers/zod';
import { z } from 'zod';

z.config({ customError: plainWords });

/** Checks a form by a schema, and says what is wrong in the same words as the API. */
export const formResolver: typeof zodResolver = zodResolver;

/** For a field that may be left empty; the API takes null for that. */
export function orEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal('').transform(() => null), schema]);
}
