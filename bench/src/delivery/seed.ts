import { type AiInterviewDocument, ObjectId, type ResponseDocument } from '@interview-webhooks/database';
import type { Stack } from '../system/stack.ts';
import { addressOf } from './manner.ts';
import { isSilent, silentUrlOf } from './silent-names.ts';

const CHUNK = 5_000;

export interface Seed {
  endpoints: number;
  responses: number;
  /** Where the receiver listens, on every address of the loopback. */
  port: number;
  /** Of so many endpoints the DNS of one is silent; none unless given. */
  silentEvery?: number;
}

/**
 * Sets up the workspace: AI interviews for so many endpoints, and candidates who were invited in turn to each.
 *
 * @returns the ids of the responses, ready to be started
 */
export async function seed(
  stack: Stack,
  { endpoints, responses, port, silentEvery = 0 }: Seed,
): Promise<string[]> {
  const { database } = stack;
  const url = (endpoint: number) =>
    isSilent(endpoint, silentEvery) ? silentUrlOf(endpoint) : urlOf(endpoint, port);
  const first = await firstInterview(stack, url(0));
  const others = Array.from({ length: endpoints - 1 }, (_, at) => interviewLike(first, url(at + 1)));
  await inChunks(others, (chunk) => database.aiInterviews.collection.insertMany(chunk));
  const interviews = [first, ...others];
  const invited = Array.from({ length: responses }, (_, at) => {
    const interview = interviews[at % interviews.length] ?? first;
    return invitation(first.workspaceId, interview._id);
  });
  await inChunks(invited, (chunk) => database.direct.responses.insertMany(chunk));
  return invited.map(({ _id }) => _id.toHexString());
}

async function firstInterview({ server, database }: Stack, url: string): Promise<AiInterviewDocument> {
  await server.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url } },
  });
  // The signing secret is made when it is first needed: not while something is measured.
  await server.rest('GET', '/ai-interviews/settings/webhooks/secret');
  await server.rest('POST', '/ai-interviews', { ai_interview_name: 'Benchmark' });
  return database.aiInterviews.findOne().orFail().lean();
}

function urlOf(endpoint: number, port: number): string {
  return `http://${addressOf(endpoint)}:${port}/hooks/start`;
}

/** Written straight into the database, as all that follows: what is measured begins with the candidate's start. */
function interviewLike(interview: AiInterviewDocument, url: string): AiInterviewDocument {
  const { revision, createdAt } = interview;
  const start = {
    value: { status: true, url },
    revision,
    actor: { type: 'system', id: null, name: 'Benchmark' },
    setAt: createdAt,
  } as const;
  return { ...interview, _id: new ObjectId(), own: { start } };
}

function invitation(workspaceId: ObjectId, interviewId: ObjectId): ResponseDocument {
  return {
    _id: new ObjectId(),
    workspaceId,
    interviewId,
    candidate: { id: new ObjectId(), name: 'Ada Lovelace', email: 'ada@example.com' },
    status: 'Invited',
    invitedAt: new Date(),
    opensAt: null,
    expiresAt: null,
    startedAt: null,
    submittedAt: null,
    result: null,
    // Nobody searches here.
    search: [],
  };
}

async function inChunks<Item>(
  items: readonly Item[],
  write: (chunk: Item[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += CHUNK) await write(items.slice(at, at + CHUNK));
}
