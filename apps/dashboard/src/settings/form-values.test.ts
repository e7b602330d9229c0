import { neverConfigured, webhookSettingsView } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { formValues, isNeverConfigured } from './form-values.ts';

const off = { status: false, url: null };

test('settings that nobody made are empty fields', () => {
  const view = webhookSettingsView(neverConfigured);
  expect(isNeverConfigured(view)).toBe(true);
  expect(formValues(view)).toEqual({
    start: { status: false, url: '' },
    submission: { status: false, url: '' },
    auth: { type: 'none', basic: { username: '', password: '' }, apikey: { header: '', apikey: '' } },
    updateAll: false,
  });
});

test('a stored secret is null, the other block starts empty', () => {
  const view = webhookSettingsView({
    start: { status: true, url: 'https://example.com/start' },
    submission: off,
    auth: { type: 'basic', username: 'user', password: 'sealed' },
  });
  expect(isNeverConfigured(view)).toBe(false);
  expect(formValues(view)).toMatchObject({
    start: { status: true, url: 'https://example.com/start' },
    auth: { type: 'basic', basic: { username: 'user', password: null }, apikey: { header: '', apikey: '' } },
  });
});

test('the stored key of a header is null', () => {
  const view = webhookSettingsView({
    start: off,
    submission: off,
    auth: { type: 'apikey', header: 'X-Key', apikey: 'sealed' },
  });
  expect(formValues(view).auth).toEqual({
    type: 'apikey',
    basic: { username: '', password: '' },
    apikey: { header: 'X-Key', apikey: null },
  });
});
