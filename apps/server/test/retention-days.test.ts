import { expect, it } from 'vitest';
import { EnvError, readEnv } from '../src/env.ts';

const refusal = (env: Record<string, string>) => {
  try {
    readEnv(env);
    return null;
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
};

it('RETENTION_DAYS is as long as the retry schedule may go on, or refused with the fewest days that would do', () => {
  expect(refusal({ RETENTION_DAYS: '1' })).toContain('RETENTION_DAYS must be at least 2, ');
  expect(refusal({ RETENTION_DAYS: '2' })).toBeNull();
  expect(refusal({ RETENTION_DAYS: '1', WEBHOOK_RETRY_SCHEDULE: '5s,19h' })).toBeNull();
  // Each delay may be a fifth longer than it says.
  expect(refusal({ RETENTION_DAYS: '1', WEBHOOK_RETRY_SCHEDULE: '21h' })).toContain('at least 2,');
  expect(refusal({ WEBHOOK_RETRY_SCHEDULE: '99999h' })).toContain('shorten the schedule');
});
