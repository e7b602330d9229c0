import { apiClient, receiver, type SystemProcess } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cli, startCli } from './support/cli.ts';

let dataDir: string;
const running: SystemProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-programs-'));
});
afterEach(async () => {
  for (const process of running.splice(0)) {
    process.kill('SIGKILL');
    await process.exited;
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

const key = 'given-by-the-operator';

function start(name: string): SystemProcess {
  const env = { DATA_DIR: dataDir, BOOTSTRAP_API_KEY: key, LOG_LEVEL: 'warn' };
  const process = startCli([name], { env });
  running.push(process);
  return process;
}

it('serve is the server, and worker delivers on without it; both end when they are told to', async () => {
  await using ats = await receiver('never');
  const server = start('serve');
  const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
  const api = apiClient(url, key);
  await api.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url: ats.url } },
  });
  const { ai_interview_id } = (await api.rest('POST', '/ai-interviews', { ai_interview_name: 'x' })) as {
    ai_interview_id: string;
  };
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const invitation = await api.rest('POST', '/ai-interviews/invite', { ai_interview_id, ...candidate });
  const { response_id } = invitation as { response_id: string };
  await api.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  await ats.until(() => ats.received.length === 1);

  const worker = start('worker');
  await worker.printed(/Delivering\. Stop with Ctrl-C\./);
  server.kill('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
  // What the server had to give up is the worker's now.
  await ats.until(() => ats.received.length === 2);
  worker.kill('SIGINT');
  expect(await worker.exited).toEqual({ code: 0, signal: null });
}, 60_000);

it('migrate prepares a database before anything else runs, and leaves nothing to do', async () => {
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const first = (await cli(['migrate', '--json'], { env })).json() as { made: string[]; kept: number };
  expect(first).toMatchObject({ dropped: [], kept: 0 });
  expect(first.made).toContain('deliveries.dueAt_1');
  const again = await cli(['migrate'], { env });
  expect(again.stdout).toBe(
    `The database is prepared for this version. Indexes: 0 made, 0 dropped, ${first.made.length} were there.\n`,
  );
  expect(again.code).toBe(0);
}, 60_000);
