import {
  type AuthUpdate,
  type Fault,
  urlAsSent,
  type WebhookAuth,
  type WebhookSettings,
  type WebhooksUpdate,
  type WebhookTarget,
} from '@interview-webhooks/schema';

/** Seals a secret for the field it is given to, for example `auth.password`. */
export type SealSecret = (field: SecretField, secret: string) => string;
type SecretField = 'auth.password' | 'auth.apikey';

export interface MergeResult {
  settings: WebhookSettings;
  /** What the update asks for that cannot be; empty when `settings` may be stored. */
  faults: Fault[];
}

/**
 * Puts `update` over `stored`, part by part and field by field: what is left out stays as it is. Pure but for
 * `seal`.
 */
export function mergeWebhookSettings(
  stored: WebhookSettings,
  update: WebhooksUpdate,
  seal: SealSecret,
): MergeResult {
  const faults: Fault[] = [];
  const refuse = (path: string, message: string) => faults.push({ path: `webhooks.${path}`, message });
  const settings: WebhookSettings = {
    start: mergeTarget(stored.start, update.start, (message) => refuse('start.url', message)),
    submission: mergeTarget(stored.submission, update.submission, (message) =>
      refuse('submission.url', message),
    ),
    auth: mergeAuth(stored.auth, update.auth, { seal, refuse }),
  };
  return { settings, faults };
}

function mergeTarget(
  stored: WebhookTarget,
  update: WebhooksUpdate['start'],
  refuseUrl: (message: string) => void,
): WebhookTarget {
  if (!update) return stored;
  const url = update.url === undefined || isShown(update.url, stored.url) ? stored.url : update.url;
  const status = update.status ?? stored.status;
  if (status && url === null) {
    refuseUrl(
      stored.status
        ? 'cannot be cleared while the webhook is enabled; set status to false as well'
        : 'is required to enable the webhook; none is stored',
    );
  }
  return { status, url };
}

/** Whether a URL is the stored one as it is shown: to post back what was answered changes nothing. */
function isShown(url: string | null, stored: string | null): boolean {
  return url !== null && stored !== null && url === urlAsSent(stored);
}

interface AuthRules {
  seal: SealSecret;
  refuse: (path: string, message: string) => void;
}

function mergeAuth(
  stored: WebhookAuth,
  update: AuthUpdate | null | undefined,
  rules: AuthRules,
): WebhookAuth {
  if (update === undefined) return stored;
  if (update === null || update.type === null) return { type: null };
  const type = update.type ?? stored.type;
  // Without a type, a block other than the stored one would be dropped in silence.
  const stray = (['basic', 'apikey'] as const).find((block) => block !== type && isGiven(update[block]));
  if (update.type === undefined && stray) {
    rules.refuse('auth.type', `is required to set ${stray}; set it to "${stray}"`);
    return stored;
  }
  switch (type) {
    case null:
      return { type: null };
    case 'basic':
      return mergeBasic(stored, update.basic ?? {}, rules);
    case 'apikey':
      return mergeApikey(stored, update.apikey ?? {}, rules);
  }
}

function isGiven(block: object | undefined): boolean {
  return block !== undefined && Object.keys(block).length > 0;
}

function mergeBasic(
  stored: WebhookAuth,
  update: NonNullable<AuthUpdate['basic']>,
  rules: AuthRules,
): WebhookAuth {
  const kept = stored.type === 'basic' ? stored : undefined;
  const password =
    update.password === undefined ? kept?.password : rules.seal('auth.password', update.password);
  const username = update.username ?? kept?.username;
  if (username === undefined) rules.refuse('auth.basic.username', missing('username'));
  if (password === undefined) rules.refuse('auth.basic.password', missing('password'));
  return username === undefined || password === undefined ? stored : { type: 'basic', username, password };
}

function mergeApikey(
  stored: WebhookAuth,
  update: NonNullable<AuthUpdate['apikey']>,
  rules: AuthRules,
): WebhookAuth {
  const kept = stored.type === 'apikey' ? stored : undefined;
  const apikey = update.apikey === undefined ? kept?.apikey : rules.seal('auth.apikey', update.apikey);
  const header = update.header ?? kept?.header;
  if (header === undefined) rules.refuse('auth.apikey.header', missing('header name'));
  if (apikey === undefined) rules.refuse('auth.apikey.apikey', missing('API key'));
  return header === undefined || apikey === undefined ? stored : { type: 'apikey', header, apikey };
}

function missing(what: string): string {
  return `is required; no ${what} is stored for this auth type`;
}
