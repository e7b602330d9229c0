import { plainWords } from '@interview-webhooks/schema';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { SettingsFormValues } from './form-values.ts';
import { SettingsRules } from './settings-rules.ts';

beforeAll(() => {
  z.config({ customError: plainWords });
});

const empty: SettingsFormValues = {
  start: { status: false, url: '' },
  submission: { status: false, url: '' },
  auth: { type: 'none', basic: { username: '', password: '' }, apikey: { header: '', apikey: '' } },
  updateAll: false,
};

function faultsAfter(edit: (values: SettingsFormValues) => void): Record<string, string> {
  const values = structuredClone(empty);
  edit(values);
  const issues = SettingsRules.safeParse(values).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

test('nothing set is fine', () => {
  expect(faultsAfter(() => undefined)).toEqual({});
});

test('a webhook that is on needs a URL', () => {
  const faults = faultsAfter(({ start }) => {
    start.status = true;
  });
  expect(faults).toEqual({ 'start.url': 'is required while the webhook is on' });
});

test('a URL is judged by the rules of the API, also while its webhook is off', () => {
  const faults = faultsAfter(({ submission }) => {
    submission.url = 'example.com';
  });
  expect(faults).toEqual({ 'submission.url': 'must be a full URL that begins with https://' });
});

test('spaces around a URL are dropped, not refused', () => {
  const values = { ...empty, start: { status: true, url: ' https://example.com ' } };
  expect(SettingsRules.parse(values).start.url).toBe('https://example.com');
});

test('basic needs both of its fields', () => {
  const faults = faultsAfter(({ auth }) => {
    auth.type = 'basic';
  });
  expect(faults).toEqual({ 'auth.basic.username': 'is required', 'auth.basic.password': 'is required' });
});

test('a stored password needs nothing', () => {
  const faults = faultsAfter(({ auth }) => {
    auth.type = 'basic';
    auth.basic = { username: 'user', password: null };
  });
  expect(faults).toEqual({});
});

test('an API key header is judged by the rules of the API', () => {
  const faults = faultsAfter(({ auth }) => {
    auth.type = 'apikey';
    auth.apikey = { header: 'Content-Type', apikey: ' key' };
  });
  expect(faults).toEqual({
    'auth.apikey.header': 'is a header that the sender sets itself; choose another name such as X-Api-Key',
    'auth.apikey.apikey': 'must be printable ASCII with no line breaks and no spaces at either end',
  });
});

test('the block that is not chosen is not judged', () => {
  const faults = faultsAfter(({ auth }) => {
    auth.type = 'basic';
    auth.basic = { username: 'user', password: 'pass' };
    auth.apikey = { header: 'not a token', apikey: '' };
  });
  expect(faults).toEqual({});
});
