import type { AppRouter } from '@interview-webhooks/api';
import type { Operation, TRPCLink } from '@trpc/client';
import { repetitionOf } from './repetition.ts';

const KEY = 'idempotencyKey';

/** The key a call goes out with, if it has one. */
export function idempotencyKeyOf({ context }: Pick<Operation, 'context'>): string | undefined {
  const key = context[KEY];
  return typeof key === 'string' ? key : undefined;
}

/** Gives every call that creates something a key of its own, unless the caller has chosen one. */
export function idempotencyLink(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      const creates = repetitionOf(op.type, op.path) === 'by-key';
      // Anywhere else the server would not look at it, and the call could not be batched.
      const key = creates ? (idempotencyKeyOf(op) ?? crypto.randomUUID()) : undefined;
      return next({ ...op, context: { ...op.context, [KEY]: key } });
    };
}
