import type { AttemptOutcome } from '@interview-webhooks/webhooks';

/** A webhook on its way out. */
export interface WebhookToSend {
  /** Whose it is: what one workspace has under way is bounded. */
  workspaceId: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Makes attempts. Whatever the receiver or the network does is an outcome, never an exception. */
export interface WebhookSender {
  send(request: WebhookToSend): Promise<AttemptOutcome>;
}
