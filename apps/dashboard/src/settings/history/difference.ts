import type { WebhookSettingsRevision, WebhookSettingsView } from '@interview-webhooks/schema';

/** One field of the settings that is another than before, in words. */
export interface Change {
  field: string;
  before: string;
  after: string;
}

/** What is different in `after`; secrets are in neither. */
export function difference(before: WebhookSettingsView, after: WebhookSettingsView): Change[] {
  const old = fieldsOf(before);
  return Object.entries(fieldsOf(after)).flatMap(([field, value]) => {
    const was = old[field] ?? '';
    return was === value ? [] : [{ field, before: was, after: value }];
  });
}

/** Whether an entry of the history made the settings what they were after it; others only note that something happened. */
export function setsSettings({ action }: Pick<WebhookSettingsRevision, 'action'>): boolean {
  return action === 'updated' || action === 'restored' || action === 'disabled';
}

/**
 * Whether an entry of the history only stored another password or API key, which is all that can be told of it:
 * an update that changes nothing at all is not in the history.
 */
export function onlyReplacedSecret(revision: WebhookSettingsRevision, changes: readonly Change[]): boolean {
  return revision.action === 'updated' && changes.length === 0 && revision.updated_all.length === 0;
}

function fieldsOf({ webhooks: { start, submission, auth } }: WebhookSettingsView): Record<string, string> {
  return {
    Start: onOff(start.status),
    'Start URL': start.url ?? 'None',
    Submission: onOff(submission.status),
    'Submission URL': submission.url ?? 'None',
    Authentication: authInWords(auth),
  };
}

function onOff(status: boolean): string {
  return status ? 'On' : 'Off';
}

function authInWords({ type, basic, apikey }: WebhookSettingsView['webhooks']['auth']): string {
  switch (type) {
    case null:
      return 'None';
    case 'basic':
      return `Basic, ${basic.username ?? ''}`;
    case 'apikey':
      return `API key in ${apikey.header ?? ''}`;
  }
}
