import {
  EventType,
  type InterviewResponse,
  reportedResult,
  type SubmitResponse,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
import { recordEvents, untilJournaled } from './record-events.ts';
import { refuseOutside } from './record-start.ts';
import { responseView } from './response-view.ts';

/**
 * Records that the candidate submitted, with the result if it is known. What was never started is started by it:
 * both events go to the outbox in the same update. Recorded again, it answers the same and changes nothing; a
 * result that comes later is for {@link evaluateResponse}.
 *
 * @throws NotFoundError
 * @throws ConflictError when the invitation is over and was never started
 */
export async function recordSubmission(
  context: Context,
  { response_id, ...result }: SubmitResponse,
): Promise<InterviewResponse> {
  const response = await findResponse(context, response_id);
  const interview = await findInterview(context, response.interviewId.toHexString());
  if (response.status === 'Completed') {
    await untilJournaled(context, response);
    return responseView(response, interview);
  }
  // Who started in time may finish.
  if (response.status === 'Invited') refuseOutside(response, context.now());
  const recorded = await recordEvents(context, response, {
    status: 'Completed',
    set: (at) => ({
      startedAt: response.startedAt ?? at,
      submittedAt: at,
      result: reportedResult(result),
    }),
    events: response.status === 'Invited' ? EventType.options : ['ai_interview.submission'],
    interview,
  });
  // A status only goes forward, so this comes to an end.
  return recorded ? responseView(recorded, interview) : recordSubmission(context, { response_id, ...result });
}
