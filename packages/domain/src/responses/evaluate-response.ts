import {
  type InterviewResponse,
  reportedResult,
  type ResponseResult,
  type SubmitResponse,
} from '@interview-webhooks/schema';
import { isDeepStrictEqual } from 'node:util';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
import { responseView } from './response-view.ts';

/**
 * Adds or corrects the result of a submitted response, part by part: what is left out stays, null clears. The
 * report shows it; nothing is sent. What changes something is in the audit trail.
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
  const changed = (Object.keys(result) as (keyof ResponseResult)[]) // its own keys
    .filter((part) => !isDeepStrictEqual(complete[part], response.result?.[part]));
  if (changed.length === 0) return responseView(response, interview);
  // Not by the candidate's name: entries are never removed, and candidates may be.
  await noteAct(context, { action: 'response.evaluated', target: { type: 'response', id: response_id } });
  const { _id, workspaceId } = response;
  const $set = Object.fromEntries(changed.map((part) => [`result.${part}`, complete[part]]));
  await context.database.responses.updateOne({ _id, workspaceId }, { $set });
  return responseView(response, interview);
}
