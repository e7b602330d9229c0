import { type Context, InvalidInputError, type Principal } from '@interview-webhooks/domain';
import type { Fault } from '@interview-webhooks/schema';
import type { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { allFaults } from './all-faults.ts';
import type { ApiContext } from './context.ts';

/**
 * Middleware for a procedure whose use case has rules of its own: input that the schema refuses is answered
 * with every fault, those of `rules` included, instead of with the schema's alone.
 *
 * Goes before `.input(schema)`.
 */
export function completeFaults<Schema extends z.ZodType>(
  schema: Schema,
  rules: (context: Context, input: z.output<Schema>) => Promise<Fault[]>,
) {
  return async <Result extends { ok: true } | { ok: false; error: TRPCError }>(options: {
    ctx: ApiContext & Principal;
    getRawInput: () => Promise<unknown>;
    next: () => Promise<Result>;
  }): Promise<Result> => {
    const { ctx, getRawInput, next } = options;
    const result = await next();
    if (
      result.ok ||
      result.error.code !== 'BAD_REQUEST' ||
      !(result.error.cause instanceof z.core.$ZodError)
    ) {
      return result;
    }
    throw new InvalidInputError(await allFaults(schema, await getRawInput(), (input) => rules(ctx, input)));
  };
}
