import type { ResponseDocument } from '@interview-webhooks/database';
import type { InterviewResponse, ResponseRef } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
import { recordEvents, untilJournaled } from './record-events.ts';
import { responseView } from './response-view.ts';

/**
 * Records that the candidate started. Recorded again, it answers the same and makes no second event.
 *
 * @throws NotFoundError
 * @throws ConflictError before the invitation begins and after it is over
 */
export async function recordStart(
  context: Context,
  { response_id }: ResponseRef,
): Promise<InterviewResponse> {
  const response = await findResponse(context, response_id);
  const interview = await findInterview(context, response.interviewId.toHexString());
  if (response.status !== 'Invited') {
    await untilJournaled(context, response);
    return responseView(response, interview);
  }
  refuseOutside(response, context.now());
  const recorded = await recordEvents(context, response, {
    status: 'Started',
    set: (at) => ({ startedAt: at }),
    events: ['ai_interview.start'],
    interview,
  });
  // A status only goes forward, so this comes to an end.
  return recorded ? responseView(recorded, interview) : recordStart(context, { response_id });
}

/** Refuses what happens outside the time of the invitation. */
export function refuseOutside({ opensAt, expiresAt }: ResponseDocument, at: Date): void {
  if (opensAt && at < opensAt) {
    throw new ConflictError(
      `This invitation begins at ${opensAt.toISOString()}; it cannot be started before.`,
    );
  }
  if (expiresAt && at >= expiresAt) {
    throw new ConflictError(
      `This invitation was over at ${expiresAt.toISOString()}; invite the candidate again.`,
    );
  }
}
