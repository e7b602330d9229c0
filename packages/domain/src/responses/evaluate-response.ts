import {
  type InterviewResponse,
  reportedResult,
  type ResponseResult,
  type SubmitResponse,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
import { responseView } from './response-view.ts';

/**
 * Adds or corrects the result of a submitted response, part by part: what is left out stays, null clears. The
 * report shows it; nothing is sent.
 *
 * @throws NotFoundError
 * @throws ConflictError when the candidate has not submitted yet
 */
export async function evaluateResponse(
  context: Context,
  { response_id, ...result }: SubmitResponse,
): Promise<InterviewResponse> {
  const response = await findResponse(context, response_id);
  if (response.status !== 'Completed') {
    throw new ConflictError('The candidate has not submitted yet; there is nothing to evaluate.');
  }
  const interview = await findInterview(context, response.interviewId.toHexString());
  const complete = reportedResult(result);
  const given = Object.fromEntries(
    Object.keys(result).map((part) => [`result.${part}`, complete[part as keyof ResponseResult]]), // its own keys
  );
  const { _id, workspaceId } = response;
  await context.database.responses.updateOne({ _id, workspaceId }, { $set: given });
  return responseView(response, interview);
}
