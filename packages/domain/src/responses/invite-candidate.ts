import { isDuplicateKey, ObjectId, type ResponseDocument } from '@interview-webhooks/database';
import { gmtMinute, type Invitation, type InviteCandidate, mailboxKey } from '@interview-webhooks/schema';
import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { createOnce } from '../idempotency.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { searchKeys } from '../search/search-keys.ts';

/**
 * Invites a candidate to an AI interview. `invite_format` is the family's: the link is answered either way, and no
 * e-mail is sent.
 *
 * @throws NotFoundError when there is no such AI interview
 * @throws InvalidInputError naming `custom_field_id` where it is taken, or `expiry_date` where it is over
 */
export async function inviteCandidate(context: Context, input: InviteCandidate): Promise<Invitation> {
  const { database, workspaceId } = context;
  const interview = await findInterview(context, input.ai_interview_id);
  const opensAt = dateOf(input.start_date);
  const expiresAt = dateOf(input.expiry_date);
  const response = await createOnce(context, {
    operation: 'responses.invite',
    input,
    create: (_id) => create(context, { _id, interviewId: interview._id, input, opensAt, expiresAt }),
    find: (_id) =>
      database.committed((options) =>
        database.responses.findOne({ _id, workspaceId }).setOptions(options).lean(),
      ),
  });
  const response_id = response._id.toHexString();
  return {
    email: response.candidate.email,
    ai_interview_id: input.ai_interview_id,
    ai_interview_name: interview.name,
    response_id,
    invite_link: `${context.publicUrl()}/invitations/${response_id}`,
    name: response.candidate.name,
    status: response.status,
    custom_field_id: response.customFieldId ?? null,
  };
}

interface NewResponse {
  _id: ObjectId;
  interviewId: ObjectId;
  input: InviteCandidate;
  opensAt: Date | null;
  expiresAt: Date | null;
}

async function create(context: Context, { _id, interviewId, input, opensAt, expiresAt }: NewResponse) {
  const invitedAt = context.now();
  if (expiresAt && expiresAt <= invitedAt)
    refuse('expiry_date', `must be in the future, and ${input.expiry_date} GMT is over`);
  if (expiresAt && opensAt && expiresAt <= opensAt) refuse('expiry_date', 'must be later than start_date');
  const response: ResponseDocument = {
    _id,
    workspaceId: new ObjectId(context.workspaceId),
    interviewId,
    candidate: {
      id: candidateId(context.workspaceId, input.candidate_email),
      name: input.candidate_name,
      email: input.candidate_email,
    },
    search: searchKeys(input.candidate_name, input.candidate_email),
    ...(input.custom_field_id != null && { customFieldId: input.custom_field_id }),
    status: 'Invited',
    invitedAt,
    opensAt,
    expiresAt,
    startedAt: null,
    submittedAt: null,
    result: null,
  };
  try {
    await context.database.responses.create(response);
    return response;
  } catch (error) {
    const idTaken = isDuplicateKey(error) && (await context.database.responses.exists({ _id }));
    if (!isDuplicateKey(error) || idTaken) throw error;
    return refuse('custom_field_id', 'is in use by another response of this workspace');
  }
}

/** The same id for the same e-mail address in a workspace, so that receivers can tell that it is the same person. */
function candidateId(workspaceId: string, email: string): ObjectId {
  const hash = createHash('sha256')
    .update(JSON.stringify([workspaceId, mailboxKey(email)]))
    .digest('hex');
  return new ObjectId(hash.slice(0, 24));
}

function refuse(path: string, message: string): never {
  throw new InvalidInputError([{ path, message }]);
}

function dateOf(text: string | null | undefined): Date | null {
  return text == null ? null : (gmtMinute(text) ?? null);
}
