import { type Fault, MAX_FAULTS, WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allFaults } from './all-faults.ts';

const noRules = (): Promise<Fault[]> => Promise.resolve([]);
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

  it('looks behind a key with a dot in it, too', async () => {
    const raw = { webhooks: { 'start.url': 1, start: { status: true } } };
    const rules = () => Promise.resolve([{ path: 'webhooks.start.url', message: 'is required' }]);
    expect(await paths(raw, rules)).toEqual(['webhooks.start.url', 'webhooks.start.url']);
  });

  it('finds no more than are listed and one, however many there are', async () => {
    const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]));
    expect(await paths({ webhooks: { start: {}, ...keys } })).toHaveLength(MAX_FAULTS + 1);
    expect(await paths({ webhooks: { start: {} }, ['a.'.repeat(30_000)]: 1 })).toHaveLength(1);
  });

  it('takes time in proportion to what comes', async () => {
    // By what is read of the input, which does not depend on the machine.
    const reads = async (count: number) => {
      let looks = 0;
      const counted = z.record(
        z.string(),
        z.unknown().refine(() => {
          looks += 1;
          return false;
        }),
      );
      await allFaults(
        counted,
        Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])),
        noRules,
      );
      return looks;
    };
    expect(await reads(10_000)).toBe(10_000);
    // Those that are taken out are looked at once, and what is left not at all.
    expect(await reads(50)).toBe(50);
  });

  it('leaves the input as it was', async () => {
    const raw = { webhooks: { start: { url: 'nope' } } };
    await paths(raw);
    expect(raw).toEqual({ webhooks: { start: { url: 'nope' } } });
  });
});
