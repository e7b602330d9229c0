import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { AiInterview } from '@interview-webhooks/schema';

/** An AI interview as callers see it. */
export function interviewView({ _id, name, job, metadata, createdAt }: AiInterviewDocument): AiInterview {
  return {
    ai_interview_id: _id.toHexString(),
    ai_interview_name: name,
    job: job && { id: job.id, title: job.title, external_id: job.externalId },
    metadata,
    created_at: createdAt.toISOString(),
  };
}
