import type { AiInterviewDocument, ResponseDocument } from '@interview-webhooks/database';
import type { InterviewResponse } from '@interview-webhooks/schema';
import { interviewView } from '../interviews/interview-view.ts';

/** A response as callers see it, with the AI interview it belongs to. */
export function responseView(response: ResponseDocument, interview: AiInterviewDocument): InterviewResponse {
  const { ai_interview_id, ai_interview_name, job, metadata } = interviewView(interview);
  return {
    response_id: response._id.toHexString(),
    ai_interview_id,
    ai_interview_name,
    candidate_id: response.candidate.id.toHexString(),
    candidate_name: response.candidate.name,
    candidate_email: response.candidate.email,
    invite_status: response.status,
    custom_field_id: response.customFieldId ?? null,
    job,
    metadata,
    invited_at: response.invitedAt.toISOString(),
    started_at: response.startedAt?.toISOString() ?? null,
    submitted_at: response.submittedAt?.toISOString() ?? null,
  };
}
