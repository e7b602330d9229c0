import type { WebhookSettingsUpdate } from '@interview-webhooks/schema';
import type { z } from 'zod';
import type { SettingsFormValues, TargetValues } from './form-values.ts';

export type UpdateInput = z.input<typeof WebhookSettingsUpdate>;
type TargetInput = NonNullable<UpdateInput['webhooks']['start']>;
type AuthInput = UpdateInput['webhooks']['auth'];

/**
 * What to send for `edited` where the server has `stored`: only the fields that changed, or all three parts
 * where they shall be applied to all AI interviews. Null where there is nothing to send.
 *
 * A stored secret is kept by leaving it out; it was never here to be sent back.
 */
export function settingsUpdate(stored: SettingsFormValues, edited: SettingsFormValues): UpdateInput | null {
  if (edited.updateAll) {
    const webhooks = {
      start: wholeTarget(edited.start),
      submission: wholeTarget(edited.submission),
      auth: wholeAuth(edited.auth),
    };
    return { webhooks, updateAll: true };
  }
  const start = changedTarget(stored.start, edited.start);
  const submission = changedTarget(stored.submission, edited.submission);
  const auth = changedAuth(stored.auth, edited.auth);
  if (!start && !submission && auth === undefined) return null;
  return {
    webhooks: {
      ...(start && { start }),
      ...(submission && { submission }),
      ...(auth !== undefined && { auth }),
    },
  };
}

function wholeTarget({ status, url }: TargetValues): TargetInput {
  return { status, url: url.trim() || null };
}

/** Field by field: a URL that is not touched is not judged again, so its webhook can always be turned off. */
function changedTarget(stored: TargetValues, edited: TargetValues): TargetInput | null {
  const before = wholeTarget(stored);
  const after = wholeTarget(edited);
  const changes: TargetInput = {
    ...(after.status !== before.status && { status: after.status }),
    ...(after.url !== before.url && { url: after.url }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}

function wholeAuth({ type, basic, apikey }: SettingsFormValues['auth']): AuthInput {
  switch (type) {
    case 'none':
      return null;
    case 'basic':
      return {
        type,
        basic: { username: basic.username, ...(basic.password !== null && { password: basic.password }) },
      };
    case 'apikey':
      return {
        type,
        apikey: { header: apikey.header.trim(), ...(apikey.apikey !== null && { apikey: apikey.apikey }) },
      };
  }
}

/** What to send of the authentication; undefined: as stored. */
export function changedAuth(
  stored: SettingsFormValues['auth'],
  edited: SettingsFormValues['auth'],
): AuthInput {
  const { type } = edited;
  if (type !== stored.type) return wholeAuth(edited);
  switch (type) {
    case 'none':
      return undefined;
    case 'basic': {
      const { username, password } = edited.basic;
      const basic = {
        ...(username !== stored.basic.username && { username }),
        ...(password !== null && { password }),
      };
      return Object.keys(basic).length > 0 ? { type, basic } : undefined;
    }
    case 'apikey': {
      const header = edited.apikey.header.trim();
      const { apikey: secret } = edited.apikey;
      const apikey = {
        ...(header !== stored.apikey.header && { header }),
        ...(secret !== null && { apikey: secret }),
      };
      return Object.keys(apikey).length > 0 ? { type, apikey } : undefined;
    }
  }
}
