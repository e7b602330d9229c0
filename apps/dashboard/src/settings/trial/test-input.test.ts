import { neverConfigured, SendTest, webhookSettingsView } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { formValues } from '../form-values.ts';
import { testInput } from './test-input.ts';

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
