import { type InterviewResponse, reportedResult, type SubmitResponse } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
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
  if (response.status === 'Completed') return responseView(response, interview);
  // Who started in time may finish.
  if (response.status === 'Invited') refuseOutside(response, context.now());
  const { _id, workspaceId } = response;
  const at = context.now();
  const submitted = await context.database.responses
    .findOneAndUpdate(
      { _id, workspaceId, status: { $ne: 'Completed' } },
      [
        {
          $set: {
            status: 'Completed',
            startedAt: { $ifNull: ['$startedAt', at] },
            submittedAt: at,
            // A literal: a text that begins with a dollar sign is no field.
            result: { $literal: reportedResult(result) },
            outbox: {
              $setUnion: [
                { $ifNull: ['$outbox', []] },
                { $cond: [{ $eq: ['$status', 'Invited'] }, ['ai_interview.start'], []] },
                ['ai_interview.submission'],
              ],
            },
          },
        },
      ],
      { returnDocument: 'after', updatePipeline: true },
    )
    .lean();
  if (submitted) context.events.recorded(submitted);
  return responseView(submitted ?? (await findResponse(context, response_id)), interview);
}
