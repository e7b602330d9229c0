import { expect, it } from 'vitest';
import { neverConfigured } from './webhook-settings.ts';
import { WebhookSettingsUpdate } from './webhook-settings-update.ts';
import { WebhookSettingsView, webhookSettingsView } from './webhook-settings-view.ts';

const stored = {
  start: { status: true, url: 'https://example.com/webhook/start' },
  submission: { status: true, url: 'https://example.com/webhook/submission' },
};
const basic = { ...stored, auth: { type: 'basic', username: 'user', password: 'SEALED' } } as const;
const apikey = { ...stored, auth: { type: 'apikey', header: 'X-Hook-Key', apikey: 'SEALED' } } as const;

it('shows never configured settings as documented', () => {
  expect(JSON.stringify(webhookSettingsView(neverConfigured))).toBe(
    '{"webhooks":{"start":{"status":false,"url":null},"submission":{"status":false,"url":null},"auth":{"type":null,"basic":{"username":null,"password":null},"apikey":{"header":null,"apikey":null}}}}',
  );
});

it('shows a stored password as hasPassword, in the documented order', () => {
  expect(JSON.stringify(webhookSettingsView(basic))).toBe(
    '{"webhooks":{"start":{"status":true,"url":"https://example.com/webhook/start"},"submission":{"status":true,"url":"https://example.com/webhook/submission"},"auth":{"type":"basic","basic":{"username":"user","password":null,"hasPassword":true},"apikey":{"header":null,"apikey":null}}}}',
  );
});

it('shows a stored API key as hasApikey', () => {
  expect(webhookSettingsView(apikey).webhooks.auth).toEqual({
    type: 'apikey',
    basic: { username: null, password: null },
    apikey: { header: 'X-Hook-Key', apikey: null, hasApikey: true },
  });
});

it.each([neverConfigured, basic, apikey])('can be posted back and keeps its own shape', (settings) => {
  const view = webhookSettingsView(settings);
  expect(WebhookSettingsUpdate.safeParse(view).success).toBe(true);
  expect(JSON.stringify(WebhookSettingsView.parse(view))).toBe(JSON.stringify(view));
});
