import type { AuthType } from './webhook-settings-update.ts';

/** One of the two webhooks. */
export interface WebhookTarget {
  status: boolean;
  url: string | null;
}

/** How both webhooks authenticate at the receiver. The secrets are sealed: see `Vault` in `packages/domain`. */
export type WebhookAuth =
  | { type: null }
  | { type: Extract<AuthType, 'basic'>; username: string; password: string }
  | { type: Extract<AuthType, 'apikey'>; header: string; apikey: string };

/** A workspace's settings in full, as stored. Leaves the system only as {@link webhookSettingsView}. */
export interface WebhookSettings {
  start: WebhookTarget;
  submission: WebhookTarget;
  auth: WebhookAuth;
}

/** The parts that are set, applied to all and overridden on their own. */
export const webhookParts = ['start', 'submission', 'auth'] as const;
export type WebhookPart = (typeof webhookParts)[number];

/** Settings of a workspace that never configured any. */
export const neverConfigured: WebhookSettings = {
  start: { status: false, url: null },
  submission: { status: false, url: null },
  auth: { type: null },
};
