import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from '../faults.ts';
import { plainWords } from '../plain-words.ts';
import { WebhookSettingsUpdate } from './webhook-settings-update.ts';

z.config({ customError: plainWords });

/** What the rules get to see of an auth block. */
function authOf(auth: unknown) {
  return WebhookSettingsUpdate.parse({ webhooks: { auth } }).webhooks.auth;
}

function faultsIn(body: unknown): Record<string, string> {
  const { error } = WebhookSettingsUpdate.safeParse(body);
  return Object.fromEntries(error ? faultsOf(error).map(({ path, message }) => [path, message]) : []);
}

describe('the auth block', () => {
  it('has two spellings for the API key and one meaning', () => {
    const header = { type: 'apikey', apikey: { header: 'X-Hook-Key', apikey: 'secret' } };
    expect(authOf({ type: 'apikey', apikey: { key: 'X-Hook-Key', value: 'secret' } })).toEqual(header);
    expect(authOf(header)).toEqual(header);
    expect(
      authOf({ type: 'apikey', apikey: { key: 'X-A', header: 'X-A', value: 'v', apikey: 'v' } }),
    ).toEqual({
      type: 'apikey',
      apikey: { header: 'X-A', apikey: 'v' },
    });
  });

  it('refuses two spellings that contradict each other', () => {
    const apikey = { header: 'X-A', key: 'X-B', apikey: 'v', value: 'w' };
    expect(faultsIn({ webhooks: { auth: { type: 'apikey', apikey } } })).toEqual({
      'webhooks.auth.apikey.key': 'differs from "header"; give one of the two',
      'webhooks.auth.apikey.value': 'differs from "apikey"; give one of the two',
    });
  });

  it.each([
    [{ status: false }],
    [{ status: false, type: 'basic', basic: { username: 'u', password: 'p' } }],
    [{ type: null }],
  ])('means no auth as %j', (auth) => {
    expect(authOf(auth)).toEqual({ type: null });
  });

  it('leaves aside the block that type does not name, as in an edited answer', () => {
    const edited = {
      type: 'apikey',
      basic: { username: 'user', password: null, hasPassword: true },
      apikey: { header: 'X-A', apikey: 'v' },
    };
    expect(authOf(edited)).toEqual({ type: 'apikey', apikey: { header: 'X-A', apikey: 'v' } });
    expect(
      authOf({ type: 'basic', basic: { username: 'u', password: 'p' }, apikey: { key: '', value: '' } }),
    ).toEqual({
      type: 'basic',
      basic: { username: 'u', password: 'p' },
    });
  });

  it('takes null for not given', () => {
    expect(authOf({ type: 'basic', basic: { username: null, password: null } })).toEqual({
      type: 'basic',
      basic: {},
    });
  });

  it('refuses a credential that is given but empty', () => {
    expect(
      faultsIn({ webhooks: { auth: { type: 'basic', basic: { username: '', password: '' } } } }),
    ).toEqual({
      'webhooks.auth.basic.username': 'must not be empty; leave it out to keep what is stored',
      'webhooks.auth.basic.password': 'must not be empty; leave it out to keep what is stored',
    });
  });

  it.each([
    'Host',
    'content-type',
    'Content-Length',
    'Connection',
    'transfer-encoding',
    'webhook-id',
    'Webhook-Signature',
    'Proxy-Authorization',
    'user-agent',
  ])('may not use the header %s, which the sender owns', (header) => {
    const faults = faultsIn({ webhooks: { auth: { type: 'apikey', apikey: { header, apikey: 'v' } } } });
    expect(faults['webhooks.auth.apikey.header']).toContain('the sender sets itself');
  });

  it.each(['v\r\nHost: evil', 'v\tw', ' v', 'v ', 'schlüssel', 'v\u0000'])(
    'may not have the header value %j',
    (apikey) => {
      const faults = faultsIn({
        webhooks: { auth: { type: 'apikey', apikey: { header: 'X-Key', apikey } } },
      });
      expect(faults).toHaveProperty(['webhooks.auth.apikey.apikey']);
    },
  );

  it.each([
    ['username', 'a:b', 'colon'],
    ['username', 'a\nb', 'control characters'],
    ['username', 'u'.repeat(257), 'at most 256 characters'],
    ['password', 'a\u0085b', 'control characters'],
    ['password', '\udfff', 'valid Unicode'],
    ['password', 'p'.repeat(1025), 'at most 1,024 characters'],
  ])('may not have the basic %s %j', (field, value, reason) => {
    const faults = faultsIn({
      webhooks: { auth: { type: 'basic', basic: { username: 'u', password: 'p', [field]: value } } },
    });
    expect(faults[`webhooks.auth.basic.${field}`]).toContain(reason);
  });

  it('takes a password in any script, spaces and colons included', () => {
    const basic = { username: 'мария', password: 'pass: wörd 🔑' };
    expect(authOf({ type: 'basic', basic })).toEqual({ type: 'basic', basic });
  });
});

describe('an update', () => {
  it('is refused with every fault at once, in plain words and without a value', () => {
    const body = {
      webhooks: {
        start: { status: 'yes-s3cret', url: 'nope-s3cret' },
        submission: [],
        submision: {},
        auth: { type: 'oauth', basic: { user: 'x' } },
      },
      updateAll: 'true',
      extra: 1,
    };
    expect(faultsIn(body)).toEqual({
      'webhooks.start.status': 'must be true or false, not a string',
      'webhooks.start.url': 'must be a full URL that begins with https://',
      'webhooks.submission': 'must be an object, not a list',
      'webhooks.submision': 'is not a known field; did you mean "submission"?',
      'webhooks.auth.type': 'must be one of "basic", "apikey"',
      'webhooks.auth.basic.user': 'is not a known field; leave it out',
      updateAll: 'must be true or false, not a string',
      extra: 'is not a known field; leave it out',
    });
  });

  it.each([
    [{}, 'webhooks', 'is required'],
    [{ webhooks: null }, 'webhooks', 'must be an object, not null'],
    [{ webhooks: {} }, 'webhooks', 'must contain at least one of start, submission, auth'],
    [{ webhooks: { start: null } }, 'webhooks.start', 'must be an object, not null'],
    [{ webhooks: { start: { status: null } } }, 'webhooks.start.status', 'must be true or false, not null'],
    [{ webhooks: { start: {} }, updateAll: null }, 'updateAll', 'must be true or false, not null'],
    [[], '', 'must be an object, not a list'],
  ])('%j is refused at "%s"', (body, path, message) => {
    expect(faultsIn(body)).toEqual({ [path]: message });
  });

  it('knows clearing a URL from leaving it out', () => {
    const parsed = WebhookSettingsUpdate.parse({
      webhooks: { start: { url: null }, submission: { status: false } },
    });
    expect(parsed.webhooks.start).toEqual({ url: null });
    expect(parsed.webhooks.submission).toEqual({ status: false });
  });
});
