import {
  neverConfigured,
  type WebhookSettings,
  type WebhookSettingsRevision,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { difference, onlyReplacedSecret } from './difference.ts';

const view = (settings: Partial<WebhookSettings>) => webhookSettingsView({ ...neverConfigured, ...settings });
const basic = view({ auth: { type: 'basic', username: 'user', password: 'sealed' } });

it('names what changed, before and after', () => {
  const after = view({
    start: { status: true, url: 'https://example.com/a' },
    auth: { type: 'apikey', header: 'X-Key', apikey: 'sealed' },
  });
  expect(difference(basic, after)).toEqual([
    { field: 'Start', before: 'Off', after: 'On' },
    { field: 'Start URL', before: 'None', after: 'https://example.com/a' },
    { field: 'Authentication', before: 'Basic, user', after: 'API key in X-Key' },
  ]);
});

it('sees no difference where there is none to see', () => {
  expect(difference(basic, view({ auth: { type: 'basic', username: 'user', password: 'other' } }))).toEqual(
    [],
  );
});

it('takes an update without a visible difference for another secret', () => {
  const entry: WebhookSettingsRevision = {
    ...basic,
    revision: 2,
    action: 'updated',
    reason: null,
    updated_all: [],
    restored_from: null,
    actor: { type: 'dashboard', id: null, name: 'Owner' },
    created_at: '2026-11-23T09:30:00.000Z',
  };
  expect(onlyReplacedSecret(entry, [])).toBe(true);
  expect(onlyReplacedSecret({ ...entry, updated_all: ['start'] }, [])).toBe(false);
  expect(onlyReplacedSecret({ ...entry, action: 'secret-revealed' }, [])).toBe(false);
  expect(onlyReplacedSecret(entry, difference(view({}), basic))).toBe(false);
});
