import { type Context, context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

/** What is going on now, as the W3C's header `traceparent`, to be kept for what comes of it. Undefined where nobody traces. */
export function currentTraceParent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** What is done now belongs to what was going on when `traceParent` was kept; without one, to nothing. */
export function contextOf(traceParent: string | undefined): Context {
  return traceParent === undefined
    ? ROOT_CONTEXT
    : propagation.extract(ROOT_CONTEXT, { traceparent: traceParent });
}
