import type { DeliveryDocument } from '@interview-webhooks/database';
import { contextOf } from '@interview-webhooks/domain';
import type { AttemptOutcome } from '@interview-webhooks/webhooks';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Does nothing until an SDK is there, which only the server brings. */
const tracer = trace.getTracer('@interview-webhooks/delivery');

/**
 * Makes an attempt as a span of the trace in which its event was recorded, however much later and on whichever machine.
 * Says where it goes by the host alone: a path may hold what only the receiver is to know.
 */
export async function inAttemptSpan<Made extends { outcome: Pick<AttemptOutcome, 'status' | 'error'> }>(
  { _id, event, trigger, trace: traceParent }: DeliveryDocument,
  { number, url }: { number: number; url: string },
  make: () => Promise<Made>,
): Promise<Made> {
  const span = tracer.startSpan('webhook attempt', { kind: SpanKind.CLIENT }, contextOf(traceParent));
  if (span.isRecording()) {
    span.setAttributes({
      'webhook.delivery_id': _id,
      'webhook.event': event,
      'webhook.attempt': number,
      'webhook.trigger': trigger,
      'server.address': new URL(url).hostname,
    });
  }
  try {
    const made = await make();
    const { status, error } = made.outcome;
    if (status !== null) span.setAttribute('http.response.status_code', status);
    if (error) span.setAttribute('error.type', error.code).setStatus({ code: SpanStatusCode.ERROR });
    return made;
  } catch (error) {
    span.setAttribute('error.type', 'internal-error').setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
