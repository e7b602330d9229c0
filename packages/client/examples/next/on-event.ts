import type { WebhookEvent } from '@interview-webhooks/client';

/** What has been told so far. A real application keeps it in its database, once for each `event_id`. */
export const seen = new Map<string, WebhookEvent>();

export function onEvent(event: WebhookEvent): Promise<void> {
  seen.set(event.event_id, event);
  return Promise.resolve();
}
