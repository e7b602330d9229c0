import { createHmac } from 'node:crypto';
import { ObjectId } from 'mongodb';
import { Pool } from 'undici';
import type { WebhookJob } from './jobs.ts';
import type { Response, ServiceStore, Workspace } from './store.ts';

const TIMEOUT_MS = 10_000;

/** Makes one attempt, and logs it. @throws Error where it must be tried again */
export type Deliver = (job: WebhookJob, attempt: number) => Promise<void>;

/** @param connections to each receiver, at most */
export function delivery({ workspaces, responses, attempts }: ServiceStore, connections: number): Deliver {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string) => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections });
    pools.set(origin, pool);
    return pool;
  };
  return async (job, attempt) => {
    const workspaceId = new ObjectId(job.workspaceId);
    const [workspace, response] = await Promise.all([
      workspaces.findOne({ _id: workspaceId }),
      responses.findOne({ _id: new ObjectId(job.responseId), workspaceId }),
    ]);
    if (!workspace || !response?.event) throw new Error(`nothing to send for ${job.responseId}`);
    const { id: eventId } = response.event;
    const body = JSON.stringify(payload(response));
    const sentAt = new Date();
    const began = performance.now();
    const outcome = await post(poolOf(new URL(workspace.url).origin), { workspace, eventId, body });
    const tookMs = performance.now() - began;
    const _id = new ObjectId();
    await attempts.insertOne({ _id, workspaceId, eventId, attempt, sentAt, tookMs, ...outcome, body });
    if (outcome.error !== null) throw new Error(outcome.error);
  };
}

function payload({ _id, candidate, interview, event, startedAt, status }: Response) {
  return {
    event: event?.type,
    event_id: event?.id,
    event_at: event?.at,
    ai_interview_id: interview.id,
    ai_interview_name: interview.name,
    response_id: _id,
    candidate_name: candidate.name,
    candidate_email: candidate.email,
    invite_status: status,
    started_at: startedAt,
  };
}

interface Webhook {
  workspace: Workspace;
  eventId: string;
  body: string;
}

async function post(pool: Pool, { workspace: { url, secret }, eventId, body }: Webhook) {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret).update(`${eventId}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  const { pathname, search } = new URL(url);
  const timeouts = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  try {
    const answer = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers,
      body,
      ...timeouts,
    });
    await answer.body.dump();
    const { statusCode } = answer;
    return { statusCode, error: statusCode < 300 ? null : `answered ${statusCode}` };
  } catch (error) {
    return { statusCode: null, error: error instanceof Error ? error.message : String(error) };
  }
}
