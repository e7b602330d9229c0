import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { AiInterview, CreateAiInterview } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { createOnce } from '../idempotency.ts';
import { searchKeys } from '../search/search-keys.ts';
import { currentRevision } from '../settings/revisions.ts';
import { interviewView } from './interview-view.ts';

/**
 * Sets up an AI interview. It follows the workspace's settings as they are now.
 *
 * @param marks what no caller can set
 * @throws InvalidInputError when the request's `Idempotency-Key` was used with another input
 */
export async function createInterview(
  context: Context,
  input: CreateAiInterview,
  marks: Pick<AiInterviewDocument, 'demo'> = {},
): Promise<AiInterview> {
  const { database, workspaceId } = context;
  const { job, metadata } = input;
  const interview = await createOnce(context, {
    operation: 'interviews.create',
    input,
    create: async (_id) => {
      const { revision } = await currentRevision(context);
      const created = await database.aiInterviews.create({
        _id,
        workspaceId,
        name: input.ai_interview_name,
        search: searchKeys(input.ai_interview_name),
        job: job
          ? { id: job.id ?? null, title: job.title ?? null, externalId: job.external_id ?? null }
          : null,
        metadata: metadata ?? null,
        revision,
        ...marks,
        createdAt: context.now(),
      });
      return created.toObject();
    },
    find: (_id) =>
      database.committed((options) =>
        database.aiInterviews.findOne({ _id, workspaceId }).setOptions(options).lean(),
      ),
  });
  return interviewView(interview);
}
