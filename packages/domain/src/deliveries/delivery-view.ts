import type { AttemptDocument, DeliveryDocument } from '@interview-webhooks/database';
import type { Attempt, Delivery } from '@interview-webhooks/schema';

/** A delivery as callers see it. */
export function deliveryView(delivery: DeliveryDocument): Delivery {
  return {
    delivery_id: delivery._id,
    event: delivery.event,
    state: delivery.state,
    reason: delivery.reason,
    ai_interview_id: delivery.interviewId.toHexString(),
    ai_interview_name: delivery.interviewName,
    response_id: delivery.responseId.toHexString(),
    candidate_name: delivery.candidateName,
    candidate_email: delivery.candidateEmail,
    attempts: delivery.attempts,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    next_attempt_at: delivery.state === 'pending' ? (delivery.dueAt?.toISOString() ?? null) : null,
    created_at: delivery.createdAt.toISOString(),
    finished_at: delivery.finishedAt?.toISOString() ?? null,
  };
}

/** One entry of a delivery's log as callers see it, with the body that is the same for all of them. */
export function attemptView(
  attempt: Omit<AttemptDocument, '_id' | 'workspaceId' | 'deliveryId' | 'expiresAt'>,
  body: string,
): Attempt {
  const { number, trigger, url, request, status, response, timings, error } = attempt;
  return {
    number,
    trigger,
    settings_revision: attempt.settingsRevision,
    started_at: attempt.startedAt.toISOString(),
    url,
    request: { headers: Object.fromEntries(request.headers), body },
    remote_address: attempt.remoteAddress,
    status,
    response: response && { ...response, headers: Object.fromEntries(response.headers) },
    timings,
    error,
    next_attempt_at: attempt.nextAttemptAt?.toISOString() ?? null,
  };
}
