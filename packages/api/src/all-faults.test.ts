import { WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import { allFaults } from './all-faults.ts';

const noRules = () => Promise.resolve([]);
const paths = async (raw: unknown, rules = noRules) =>
  (await allFaults(WebhookSettingsUpdate, raw, rules)).map(({ path }) => path);

describe('every fault at once', () => {
  it('names a misspelt key and not what its absence leaves behind', async () => {
    expect(await paths({ webhooks: { submision: {} } })).toEqual(['webhooks.submision']);
  });

  it('looks behind each fault for the next', async () => {
    const auth = { type: 'basic', basic: { username: '', password: ['x'] } };
    expect(await paths({ webhooks: { auth } })).toEqual([
      'webhooks.auth.basic.password',
      'webhooks.auth.basic.username',
    ]);
  });

  it('asks the rules about what is left, and drops their echo of a fault', async () => {
    const raw = { webhooks: { start: { status: true, url: 'nope' }, submission: { status: true } } };
    const rules = (input: WebhookSettingsUpdate) => {
      expect(input.webhooks).toEqual({ start: { status: true }, submission: { status: true } });
      return Promise.resolve(
        ['start', 'submission'].map((part) => ({ path: `webhooks.${part}.url`, message: 'is required' })),
      );
    };
    expect((await allFaults(WebhookSettingsUpdate, raw, rules)).map(({ path }) => path)).toEqual([
      'webhooks.start.url',
      'webhooks.submission.url',
    ]);
  });

  it('ends where nothing can be taken out', async () => {
    expect(await paths(undefined)).toEqual(['']);
    expect(await paths([])).toEqual(['']);
    expect(await paths({ webhooks: {}, extra: 1 })).toEqual(['webhooks', 'extra']);
  });

  it('leaves the input as it was', async () => {
    const raw = { webhooks: { start: { url: 'nope' } } };
    await paths(raw);
    expect(raw).toEqual({ webhooks: { start: { url: 'nope' } } });
  });
});
