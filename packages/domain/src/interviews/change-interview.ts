import type { AiInterviewDocument } from '@interview-webhooks/database';
import { type Act, noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';
import { findInterview } from './find-interview.ts';

export interface InterviewChange<Result> {
  /** Undefined leaves it as it is. */
  change: Partial<Pick<AiInterviewDocument, 'own' | 'revision'>> | undefined;
  result: Result;
  /** Why the system does it, where it does. */
  reason?: string;
}

const MAX_TRIES = 10;

/** An AI interview to change, and what that is in the audit trail. */
export interface InterviewToChange {
  id: string;
  action: Act['action'];
}

/**
 * Changes the stored settings of one AI interview. `decide` may be called more than once: a change is written
 * only over the very state it was decided on.
 *
 * @throws NotFoundError
 * @throws ConflictError when other processes were faster MAX_TRIES times
 */
export function changeInterview<Result>(
  context: Context,
  { id, action }: InterviewToChange,
  decide: (interview: AiInterviewDocument) => Promise<InterviewChange<Result>>,
): Promise<Result> {
  const { workspaceId, actor, events, database } = context;
  return takeTurns(`${workspaceId}:${id}`, async () => {
    let isNoted = false;
    for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
      const interview = await findInterview(context, id, attempt > 1);
      const { _id, settingsVersion } = interview;
      const { change, result, reason } = await decide(interview);
      if (!change) return result;
      if (!isNoted) {
        const target = { type: 'ai_interview', id, name: interview.name } as const;
        await noteAct(context, { action, target, ...(reason !== undefined && { reason }) });
        isNoted = true;
      }
      const written = await database.aiInterviews.updateOne(
        { _id, workspaceId, settingsVersion },
        { $set: change, $inc: { settingsVersion: 1 } },
      );
      if (written.matchedCount === 1) {
        await database.announce.aiInterviews([workspaceId]);
        events.settingsChanged({ workspaceId, by: actor.type });
        return result;
      }
    }
    throw new ConflictError(
      'The settings of this AI interview are being changed by others at this moment; try again.',
    );
  });
}
