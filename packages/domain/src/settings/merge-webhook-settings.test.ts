import { neverConfigured, type WebhookSettings, WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import { mergeWebhookSettings } from './merge-webhook-settings.ts';

const basic: WebhookSettings = {
  start: { status: true, url: 'https://example.com/start' },
  submission: { status: false, url: null },
  auth: { type: 'basic', username: 'user', password: 'auth.password(old)' },
};
const apikey: WebhookSettings = {
  ...basic,
  auth: { type: 'apikey', header: 'X-Key', apikey: 'auth.apikey(old)' },
};

function merge(stored: WebhookSettings, webhooks: unknown) {
  const update = WebhookSettingsUpdate.parse({ webhooks });
  return mergeWebhookSettings(stored, update.webhooks, (field, secret) => `${field}(${secret})`);
}

const merged = (stored: WebhookSettings, webhooks: unknown) => {
  const { settings, faults } = merge(stored, webhooks);
  expect(faults).toEqual([]);
  return settings;
};
const refused = (stored: WebhookSettings, webhooks: unknown) =>
  merge(stored, webhooks).faults.map(({ path }) => path);

describe('a target', () => {
  it('keeps what is left out', () => {
    expect(merged(basic, { start: { status: false } }).start).toEqual({
      status: false,
      url: 'https://example.com/start',
    });
    expect(merged(basic, { start: { url: 'https://example.com/b' } }).start).toEqual({
      status: true,
      url: 'https://example.com/b',
    });
    expect(merged(basic, { submission: {} })).toEqual(basic);
  });

  it('is cleared by null, if disabled', () => {
    expect(merged(basic, { start: { status: false, url: null } }).start).toEqual({
      status: false,
      url: null,
    });
    expect(refused(basic, { start: { url: null } })).toEqual(['webhooks.start.url']);
  });

  it('cannot be enabled without a URL', () => {
    expect(refused(basic, { submission: { status: true } })).toEqual(['webhooks.submission.url']);
    expect(refused(neverConfigured, { start: { status: true, url: null } })).toEqual(['webhooks.start.url']);
  });
});

describe('auth', () => {
  it('is kept when left out and removed by null', () => {
    expect(merged(basic, { start: { status: false } }).auth).toEqual(basic.auth);
    expect(merged(basic, { auth: null }).auth).toEqual({ type: null });
    expect(merged(basic, { auth: { status: false } }).auth).toEqual({ type: null });
    expect(merged(basic, { auth: { type: null, basic: { username: null, password: null } } }).auth).toEqual({
      type: null,
    });
  });

  it('keeps the stored secret of the same type, and the username', () => {
    expect(merged(basic, { auth: { type: 'basic', basic: { username: 'new' } } }).auth).toEqual({
      type: 'basic',
      username: 'new',
      password: 'auth.password(old)',
    });
    expect(merged(basic, { auth: { basic: { password: 'new' } } }).auth).toEqual({
      type: 'basic',
      username: 'user',
      password: 'auth.password(new)',
    });
    expect(merged(apikey, { auth: { type: 'apikey', apikey: { key: 'X-New', value: null } } }).auth).toEqual({
      type: 'apikey',
      header: 'X-New',
      apikey: 'auth.apikey(old)',
    });
    expect(merged(basic, { auth: {} }).auth).toEqual(basic.auth);
  });

  it('drops the other type’s secret when the type changes', () => {
    expect(merged(basic, { auth: { type: 'apikey', apikey: { header: 'X-A', apikey: 'v' } } }).auth).toEqual({
      type: 'apikey',
      header: 'X-A',
      apikey: 'auth.apikey(v)',
    });
    expect(refused(apikey, { auth: { type: 'basic', basic: { username: 'user' } } })).toEqual([
      'webhooks.auth.basic.password',
    ]);
  });

  it('names every credential that is missing', () => {
    expect(refused(neverConfigured, { auth: { type: 'basic' } })).toEqual([
      'webhooks.auth.basic.username',
      'webhooks.auth.basic.password',
    ]);
    expect(refused(basic, { auth: { type: 'apikey', apikey: {} } })).toEqual([
      'webhooks.auth.apikey.header',
      'webhooks.auth.apikey.apikey',
    ]);
  });

  it('asks for the type rather than dropping credentials in silence', () => {
    expect(refused(neverConfigured, { auth: { basic: { username: 'u', password: 'p' } } })).toEqual([
      'webhooks.auth.type',
    ]);
    expect(refused(apikey, { auth: { basic: { username: 'u', password: 'p' } } })).toEqual([
      'webhooks.auth.type',
    ]);
  });
});

it('refuses everything that is wrong at once', () => {
  expect(
    refused(neverConfigured, {
      start: { status: true },
      submission: { status: true },
      auth: { type: 'basic' },
    }),
  ).toEqual([
    'webhooks.start.url',
    'webhooks.submission.url',
    'webhooks.auth.basic.username',
    'webhooks.auth.basic.password',
  ]);
});
