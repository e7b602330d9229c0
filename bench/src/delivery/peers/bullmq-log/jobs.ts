import { FIRST_RETRY_MS, RETRIES } from '../queue.ts';

/** What a job needs; the rest is read when it is sent, for settings may change meanwhile. */
export interface WebhookJob {
  workspaceId: string;
  responseId: string;
}

export const QUEUE = 'webhooks';
/** How long a call that is repeated must not send its webhook again. */
const KEEP_DONE_S = 3_600;

export const jobOptions = {
  attempts: RETRIES + 1,
  backoff: { type: 'exponential', delay: FIRST_RETRY_MS },
  removeOnComplete: { age: KEEP_DONE_S },
};

export function connectionTo(socket: string) {
  return { path: socket, maxRetriesPerRequest: null };
}
