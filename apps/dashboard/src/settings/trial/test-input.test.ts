import { neverConfigured, SendTest, webhookSettingsView } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { formValues } from '../form-values.ts';
import { testInput, withholdsCredential } from './test-input.ts';

const stored = formValues(
  webhookSettingsView({ ...neverConfigured, auth: { type: 'basic', username: 'user', password: 'sealed' } }),
);
const withUrl = { ...stored, start: { status: false, url: ' https://example.com/a ' } };

it('uses the stored secret where nothing else was typed', () => {
  const input = testInput('start', stored, withUrl);
  expect(input).toEqual({ event: 'start', url: 'https://example.com/a' });
  expect(SendTest.safeParse(input).success).toBe(true);
});

it('tries what is typed and not saved', () => {
  const basic = { username: 'other', password: 'typed' };
  expect(testInput('start', stored, { ...withUrl, auth: { ...stored.auth, basic } }).auth).toEqual({
    type: 'basic',
    basic,
  });
  expect(testInput('start', stored, { ...withUrl, auth: { ...stored.auth, type: 'none' } }).auth).toBeNull();
});

it.each([
  ['https://example.com/other?path=1', false],
  ['https://example.com:8443/a', true],
  ['http://example.com/a', true],
  ['https://example.com.attacker.example/a', true],
])('says for %s whether the stored credential stays here: %s', (url, withheld) => {
  const saved = { ...stored, start: { status: false, url: 'https://example.com/a' } };
  expect(withholdsCredential(saved, { event: 'submission', url })).toBe(withheld);
  expect(withholdsCredential(saved, { event: 'submission', url, auth: null })).toBe(false);
  const open = { ...saved, auth: { ...saved.auth, type: 'none' as const } };
  expect(withholdsCredential(open, { event: 'submission', url })).toBe(false);
});
