import {
  type Received,
  receiver,
  type Receiver,
  startServer,
  type StartedServer,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { at, cli, ended, startCli, startInterview } from './support/cli.ts';

const key = 'given-by-the-operator';
const auth = { type: 'basic', basic: { username: 'ats', password: 'wachtwoord-7f3a9c' } };

let dataDir: string;
let server: StartedServer;
const start = (env: Record<string, string> = {}) =>
  startServer({ dataDir, env: { BOOTSTRAP_API_KEY: key, ...env } });
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-listen-'));
  server = await start();
});
const listeners: SystemProcess[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) {
    listener.kill('SIGKILL');
    await listener.exited;
  }
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, maxRetries: 20 });
});

/** Listens, and resolves when nothing is missed any more. */
async function listen(to: string, ...args: string[]): Promise<SystemProcess> {
  const listener = startCli(['listen', '--forward-to', to, ...args], { env: at(server) });
  listeners.push(listener);
  await expect.poll(() => listener.stderr()).toContain('Listening.');
  return listener;
}

function sendTo(url: string) {
  const webhooks = { start: { status: true, url }, auth };
  return server.rest('POST', '/ai-interviews/settings/webhooks', { webhooks, updateAll: true });
}

function idsOf({ received }: Receiver): string[] {
  return received.map(({ headers }) => String(headers['webhook-id']));
}

function until(receiver: Receiver, id: string): Promise<void> {
  return receiver.until(() => idsOf(receiver).includes(id));
}

/** What must be the same. */
function asSigned({ body, headers }: Received) {
  const { authorization, 'content-type': type, 'user-agent': agent } = headers;
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  return { body, authorization, type, agent, id, time, signature, attempt: headers['webhook-attempt'] };
}

it('the developer’s server gets the bytes, the signature and the credential that the receiver got', async () => {
  await using ats = await receiver();
  await using local = await receiver();
  await sendTo(`${ats.url}/hooks`);
  const listener = await listen(`${local.url}/dev?x=1`);
  const id = await startInterview(server, 'Ada Łovelace');
  await Promise.all([ats, local].map((each) => each.until(() => each.received.length > 0)));
  const [[theirs], [mine]] = [ats.received, local.received];
  if (!theirs || !mine) throw new Error('both have received something');
  expect(asSigned(mine)).toEqual(asSigned(theirs));
  expect(asSigned(mine)).toMatchObject({
    id,
    attempt: '1',
    authorization: `Basic ${Buffer.from('ats:wachtwoord-7f3a9c').toString('base64')}`,
  });
  expect(mine.path).toBe('/dev?x=1');
  // And nothing that a receiver does not get.
  expect(Object.keys(mine.headers).sort()).toEqual(Object.keys(theirs.headers).sort());
  await listener.printed(/^\d\d:\d\d:\d\d {2}start {7}Ada Łovelace {2}200 {2}\d+ ms\n/);
  expect(listener.stdout() + listener.stderr()).not.toContain('wachtwoord');

  const { secret } = (await server.rest('GET', '/ai-interviews/settings/webhooks/secret')) as {
    secret: string;
  };
  const given = ['id', 'timestamp', 'signature'].flatMap((name) => [
    `--${name}`,
    String(mine.headers[`webhook-${name}`]),
  ]);
  const env = { INTERVIEW_WEBHOOKS_SECRET: secret };
  expect(await cli(['verify', ...given], { env, input: mine.body })).toMatchObject({ code: 0 });

  listener.kill('SIGINT');
  expect(await listener.exited).toEqual({ code: 0, signal: null });
});

it('works where the webhooks go to nowhere, or hang, and while nothing listens on the developer’s machine', async () => {
  await using hanging = await receiver();
  hanging.answer = 'never';
  const local = await receiver();
  const listener = await listen(local.url, '--json');
  await sendTo('https://nobody.invalid/hooks');
  const first = await startInterview(server, 'One');
  await sendTo(hanging.url);
  const second = await startInterview(server, 'Two');
  await local.until(() => local.received.length === 2);
  await local[Symbol.asyncDispose]();
  const third = await startInterview(server, 'Three');
  await listener.printed(/(.*\n){3}/);
  const lines = listener
    .stdout()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { event_id: first, candidate_name: 'One', number: 1, trigger: 'event', status: 200, reason: null },
    { event_id: second, candidate_name: 'Two', status: 200 },
    { event_id: third, candidate_name: 'Three', status: null, reason: 'nothing listens there' },
  ]);
});

it('what is sent while the server cannot be heard follows, once', async () => {
  await using ats = await receiver();
  await using local = await receiver();
  await sendTo(ats.url);
  // Another one on the same database, which goes on when the first one has gone.
  await using other = await start();
  const listener = await listen(local.url);
  const before = await startInterview(server, 'Before');
  await until(local, before);
  const { port } = new URL(server.url);
  server.kill('SIGKILL');
  await server.exited;
  await expect.poll(() => listener.stderr()).toContain('The server cannot be heard; trying again.');
  const missed = await startInterview(other, 'Missed');
  await until(ats, missed);
  server = await start({ PORT: port });
  await until(local, missed);
  const after = await startInterview(server, 'After');
  await until(local, after);
  const mine = [before, missed, after];
  // Besides these there are retries of what failed before.
  expect(idsOf(local).filter((id) => mine.includes(id))).toEqual(mine);
});

it('ends with 1 where the key does not work, or not any more', async () => {
  const { api_key, api_key_id } = (
    await cli(['keys', 'create', '--name', 'Dev', '--scopes', 'settings:write', '--json'], {
      env: at(server),
    })
  ).json() as { api_key: string; api_key_id: string };
  const args = ['listen', '--forward-to', 'http://127.0.0.1:4000'];
  const listener = startCli(args, { env: at({ ...server, apiKey: api_key }) });
  listeners.push(listener);
  await expect.poll(() => listener.stderr()).toContain('Listening.');
  await cli(['keys', 'revoke', api_key_id], { env: at(server) });
  expect(await ended(listener)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('error The API key is not valid.') as string,
  });
});
