import { receiver, startServer, type StartedServer } from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli, startCli, startInterview } from './support/cli.ts';

const [oldKey, newKey] = ['old', 'new'].map((id) => `${id}:${randomBytes(32).toString('base64')}`) as [
  string,
  string,
];
/** More than is sealed again in one step, so that it can die between two. */
const INTERVIEWS = 1_500;

let dataDir: string;
let server: StartedServer;
const start = (SECRET_KEYS: string) =>
  startServer({
    dataDir,
    env: { BOOTSTRAP_API_KEY: 'given-by-the-operator', SECRET_KEYS, RATE_LIMIT_PER_MINUTE: '1000000' },
  });
const rotate = (SECRET_KEYS: string, ...args: string[]) =>
  startCli(['secrets', 'rotate', ...args], { env: { DATA_DIR: dataDir, SECRET_KEYS, LOG_LEVEL: 'warn' } });
const rotated = (SECRET_KEYS: string, ...args: string[]) =>
  cli(['secrets', 'rotate', ...args], { env: { DATA_DIR: dataDir, SECRET_KEYS, LOG_LEVEL: 'warn' } });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-rotate-'));
  server = await start(oldKey);
  const auth = { type: 'basic', basic: { username: 'ats', password: 'for all' } };
  await server.rest('POST', '/ai-interviews/settings/webhooks', { webhooks: { auth } });
  await server.rest('GET', '/ai-interviews/settings/webhooks/secret');
  const own = { type: 'apikey', apikey: { header: 'x-key', apikey: 'its own' } };
  for (let made = 0; made < INTERVIEWS; made += 100) {
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { ai_interview_id } = (await server.rest('POST', '/ai-interviews', {
          ai_interview_name: 'x',
        })) as {
          ai_interview_id: string;
        };
        const path = `/ai-interviews/settings/webhooks/${ai_interview_id}`;
        await server.rest('PUT', path, { webhooks: { auth: own } });
      }),
    );
  }
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

it('beside a running server, killed half-way and begun again, until no old key is needed', async () => {
  await server[Symbol.asyncDispose]();
  server = await start(`${newKey},${oldKey}`);

  const killed = rotate(`${newKey},${oldKey}`);
  await killed.logged(/ai_interviews: 500 of/);
  killed.kill('SIGKILL');
  expect((await killed.exited).signal).toBe('SIGKILL');
  // Everything works meanwhile.
  await deliver('for all');

  const again = await rotated(`${newKey},${oldKey}`, '--json');
  const result = again.json() as { key: string; resealed: number; current: number; unopened: unknown[] };
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(result).toMatchObject({ key: 'new', unopened: [] });
  // What the first one had done was not done again.
  expect(result.resealed).toBeGreaterThan(0);
  expect(result.resealed).toBeLessThan(INTERVIEWS);
  expect(result.current).toBeGreaterThan(INTERVIEWS);

  const third = await rotated(`${newKey},${oldKey}`);
  expect(third.stdout).toMatch(
    /^0 sealed again by "new"; \d+ are sealed by it now\.\nNo other key is needed any more/,
  );
  expect(third.stderr).toContain(`ai_interviews: ${INTERVIEWS + 1} of ${INTERVIEWS + 1}\n`);

  await server[Symbol.asyncDispose]();
  server = await start(newKey);
  await deliver('for all');
}, 120_000);

it('says what does not open with any of the keys, and ends with 1', async () => {
  const other = `other:${randomBytes(32).toString('base64')}`;
  const { code, stdout } = await rotated(other);
  expect(stdout).toMatch(
    /^0 sealed again by "other"; 0 are sealed by it now\.\n\d+ do not open, and are as they were:\n/,
  );
  expect(stdout).toMatch(/workspaces \w{24}, signing-secret: SECRET_KEYS has no key "new", which sealed it/);
  expect(code).toBe(1);
  await deliver('for all');
});

/** One event arrives, with the credential that is stored sealed. */
async function deliver(password: string): Promise<void> {
  await using ats = await receiver();
  await server.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url: ats.url } },
    updateAll: true,
  });
  await startInterview(server);
  await ats.until(() => ats.received.length > 0);
  const credential = Buffer.from(`ats:${password}`).toString('base64');
  expect(ats.received[0]?.headers.authorization).toBe(`Basic ${credential}`);
}
