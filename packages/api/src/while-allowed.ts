import type { Principal } from '@interview-webhooks/domain';
import type { Scope } from '@interview-webhooks/schema';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import type { ApiContext } from './context.ts';
import { CALL_DEADLINE_MS } from './deadline.ts';
import { toTrpcError } from './problems.ts';
import { authorize } from './trpc.ts';

/** A key or a session that ends is noticed as late as this where a subscription is open. */
const CHECK_MS = 2_000;

/** A subscription that is open: who asked, and when its connection ends. */
export interface Subscription {
  ctx: ApiContext & Principal;
  scope: Scope;
  /** tRPC's own; undefined where there is no connection. */
  signal: AbortSignal | undefined;
}

/**
 * Gives `values` on until the connection or the server ends, or the caller may see them no longer.
 *
 * @throws UnauthenticatedError, MissingScopeError
 * @throws RateLimitError for one subscription too many of the same key or workspace
 */
export async function* whileAllowed<Value>(
  { ctx, scope, signal }: Subscription,
  values: (signal: AbortSignal) => AsyncIterable<Value>,
): AsyncGenerator<Value> {
  const refused = new AbortController();
  const check = () => {
    const answerByMs = performance.now() + CALL_DEADLINE_MS;
    authorize({ authenticate: ctx.authenticateAgain, answerByMs }, scope).catch((error: unknown) => {
      refused.abort(error);
    });
  };
  const signals = [refused.signal, ctx.stopping, ...(signal ? [signal] : [])];
  const timer = setInterval(check, CHECK_MS);
  let release: (() => void) | undefined;
  try {
    release = ctx.limits.holdStream(ctx);
    yield* values(AbortSignal.any(signals));
  } catch (error) {
    const reason: unknown = refused.signal.aborted ? refused.signal.reason : error;
    // The end of the connection or of the server: a browser then asks again, maybe another server.
    if (reason instanceof Error && reason.name === 'AbortError') throw reason;
    throw toTrpcError(getTRPCErrorFromUnknown(reason));
  } finally {
    clearInterval(timer);
    release?.();
  }
}
