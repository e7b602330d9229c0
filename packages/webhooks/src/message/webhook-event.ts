import {
  API_VERSION,
  completedDate,
  type EventType,
  type ReportedResult,
  reportedResult,
  type StartEvent,
  type WebhookEvent,
} from '@interview-webhooks/schema';

/** An id as MongoDB's driver has it; nothing else of a database is known here. */
interface Id {
  toHexString(): string;
}

/** What an event tells of a response. A stored one has all of it. */
export interface EventResponse {
  readonly _id: Id;
  readonly candidate: { readonly id: Id; readonly name: string; readonly email: string };
  readonly customFieldId?: string;
  readonly startedAt: Date | null;
  readonly submittedAt: Date | null;
  readonly result: ReportedResult | null;
}

/** What an event tells of the response's AI interview. A stored one has all of it. */
export interface EventInterview {
  readonly _id: Id;
  readonly name: string;
  readonly job: {
    readonly id: string | null;
    readonly title: string | null;
    readonly externalId: string | null;
  } | null;
  readonly metadata: WebhookEvent['metadata'];
}

/** The part of the settings that says where an event goes. */
export function partOf(event: EventType): 'start' | 'submission' {
  return event === 'ai_interview.start' ? 'start' : 'submission';
}

/** The event's id and its delivery's: made of what happened, so that recording it twice makes one. */
export function eventId(responseId: string, event: EventType): string {
  return `evt_${responseId}_${partOf(event)}`;
}

/**
 * What is sent about an event, as it was when it happened: a start stays a start, also when it is sent after the
 * submission.
 *
 * @throws Error when the event has not happened
 */
export function webhookEvent(
  event: EventType,
  response: EventResponse,
  interview: EventInterview,
): WebhookEvent {
  const at = event === 'ai_interview.start' ? response.startedAt : response.submittedAt;
  if (!at) throw new Error(`${event} has not happened to response ${response._id.toHexString()}`);
  const { name, job, metadata } = interview;
  const response_id = response._id.toHexString();
  const common: Omit<StartEvent, 'event' | 'invite_status'> = {
    ai_interview_id: interview._id.toHexString(),
    ai_interview_name: name,
    candidate_email: response.candidate.email,
    candidate_id: response.candidate.id.toHexString(),
    candidate_name: response.candidate.name,
    response_id,
    event_id: eventId(response_id, event),
    timestamp: at.toISOString(),
    api_version: API_VERSION,
    test: false,
    custom_field_id: response.customFieldId ?? null,
    started_at: response.startedAt?.toISOString() ?? null,
    job: job && { id: job.id, title: job.title, external_id: job.externalId },
    metadata,
  };
  if (event === 'ai_interview.start') return { ...common, event, invite_status: 'Started' };
  return {
    ...common,
    event,
    invite_status: 'Completed',
    submitted_at: at.toISOString(),
    completed_date: completedDate(at),
    ...reportedResult(response.result ?? {}),
  };
}
