import { z } from 'zod';
import { urlAsSent } from './target-url.ts';
import type { WebhookAuth, WebhookSettings, WebhookTarget } from './webhook-settings.ts';
import { AuthType } from './webhook-settings-update.ts';

const TargetView = z.object({ status: z.boolean(), url: z.string().nullable() });

const AuthView = z.object({
  type: AuthType.nullable(),
  basic: z.object({
    username: z.string().nullable(),
    password: z.null(),
    hasPassword: z.literal(true).optional(),
  }),
  apikey: z.object({
    header: z.string().nullable(),
    apikey: z.null(),
    hasApikey: z.literal(true).optional(),
  }),
});
type AuthView = z.infer<typeof AuthView>;

/** The settings as anyone outside sees them: the documented response, keys in the documented order, no secret. */
export const WebhookSettingsView = z.object({
  webhooks: z.object({ start: TargetView, submission: TargetView, auth: AuthView }),
});
export type WebhookSettingsView = z.infer<typeof WebhookSettingsView>;

function authView(auth: WebhookAuth): AuthView {
  const view: AuthView = {
    type: auth.type,
    basic: { username: null, password: null },
    apikey: { header: null, apikey: null },
  };
  switch (auth.type) {
    case null:
      break;
    case 'basic':
      view.basic = { username: auth.username, password: null, hasPassword: true };
      break;
    case 'apikey':
      view.apikey = { header: auth.header, apikey: null, hasApikey: true };
      break;
  }
  return view;
}

/** A version before has stored URLs as they were given. */
function targetView({ status, url }: WebhookTarget) {
  return { status, url: url === null ? null : urlAsSent(url) };
}

/** Masks stored settings. Picks what may be shown, so that a field added to the stored shape stays hidden. */
export function webhookSettingsView({ start, submission, auth }: WebhookSettings): WebhookSettingsView {
  return {
    webhooks: {
      start: targetView(start),
      submission: targetView(submission),
      auth: authView(auth),
    },
  };
}
