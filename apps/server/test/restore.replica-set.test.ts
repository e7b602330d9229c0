import {
  apiClient,
  type ApiClient,
  freePort,
  type Mongod,
  receiver,
  type Receiver,
  type ReplicaSet,
  replicaSet,
  requireMongod,
  startMongod,
  systemProcess,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mongoshBlock, restoreSteps } from './support/mongosh-block.ts';

const KEY = 'given-by-the-operator-32-characters-long';
const PATIENCE_MS = 240_000;

let directory: string;
let mongod: string;
const restored: Mongod[] = [];
const servers: SystemProcess[] = [];
beforeAll(async () => {
  mongod = await requireMongod();
  directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-restore-'));
});
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await Promise.all(restored.map((member) => member.kill()));
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

interface Serving extends ApiClient {
  stop(): Promise<void>;
}

async function serve(uri: string): Promise<Serving> {
  const server = systemProcess({
    env: {
      MONGODB_URI: uri,
      SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      BOOTSTRAP_API_KEY: KEY,
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      WEBHOOK_TIMEOUT_SECONDS: '1',
      WEBHOOK_RETRY_SCHEDULE: Array.from({ length: 20 }, () => '1s').join(),
      LOG_LEVEL: 'warn',
    },
  });
  servers.push(server);
  const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
  return {
    ...apiClient(url, KEY),
    stop: async () => {
      server.kill('SIGTERM');
      await server.exited;
    },
  };
}

async function invite(api: ApiClient, ai_interview_id: string, name: string): Promise<string> {
  const candidate = { ai_interview_id, candidate_name: name, candidate_email: `${name}@example.com` };
  const { response_id } = (await api.rest('POST', '/ai-interviews/invite', candidate)) as {
    response_id: string;
  }; // as documented
  return response_id;
}

const startOf = (api: ApiClient, responseId: string) =>
  api.rest('POST', `/ai-interviews/responses/${responseId}/start`);
const idOf = (responseId: string) => `evt_${responseId}_start`;
const stateOf = async (api: ApiClient, responseId: string) =>
  (await api.call('GET', `/ai-interviews/webhooks/deliveries/${idOf(responseId)}`)).json;
const times = (ats: Receiver, responseId: string) =>
  ats.received.filter(({ headers }) => headers['webhook-id'] === idOf(responseId)).length;

/** Stops a secondary, copies its files and starts it again, while the others go on. */
async function backUp(set: ReplicaSet, meanwhile: () => Promise<void>): Promise<string> {
  const primary = await set.primary();
  const secondary = set.members.find((member) => member !== primary);
  if (!secondary) throw new Error('three members have a secondary');
  await secondary.stop();
  const backup = join(directory, 'backup');
  await cp(secondary.dataDir, backup, { recursive: true });
  await meanwhile();
  await secondary.start();
  return backup;
}

/** Makes a replica set of three of the files of one member, by the commands of docs/operations.md. */
async function restore(backup: string): Promise<string> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const args = ['--replSet', 'rs0'];
  for (const [at, port] of ports.entries()) {
    const dataDir = at === 0 ? backup : join(directory, `member-${at}`);
    restored.push(await startMongod(mongod, { port, dataDir, args }));
  }
  const hosts = ports.map((port) => `127.0.0.1:${port}`);
  const script = (await mongoshBlock('rs.reconfig(')).replaceAll(
    /mongo(\d)\.example\.com:27017/g,
    (_, number: string) => hosts[Number(number) - 1] ?? '',
  );
  const [first] = restored;
  if (!first) throw new Error('a replica set has a member');
  const { config } = await first.admin({ replSetGetConfig: 1 });
  for (const change of restoreSteps(script, config as object)) await change(first); // as the command is documented
  await expect
    .poll(async () => {
      const { members } = await first.admin({ replSetGetStatus: 1 });
      return (members as { stateStr: string }[]).map(({ stateStr }) => stateStr).sort();
    })
    .toEqual(['PRIMARY', 'SECONDARY', 'SECONDARY']);
  return `mongodb://${hosts.join()}/interview_webhooks?replicaSet=rs0`;
}

interface Stored {
  delivered: string;
  waiting: string;
  later: string;
  revokedKey: string;
  lateKey: string;
}

/** A system in use, of which a backup is made between some of the calls and the others. */
async function usedAndBackedUp(set: ReplicaSet, ats: Receiver): Promise<{ stored: Stored; backup: string }> {
  const api = await serve(set.uriOf('interview_webhooks'));
  const auth = { type: 'basic', basic: { username: 'ats', password: 'stored sealed' } };
  await api.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url: ats.url }, auth },
  });
  const made = await api.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
  const { ai_interview_id } = made as { ai_interview_id: string }; // as documented
  const newKey = async (name: string) => {
    const input = { body: { name, scopes: ['settings:read'] } };
    const { json } = await api.call('POST', '/trpc/apiKeys.create', input);
    return (json as { result: { data: { api_key: string; api_key_id: string } } }).result.data; // as tRPC answers
  };
  const [delivered, waiting, later] = [
    await invite(api, ai_interview_id, 'delivered'),
    await invite(api, ai_interview_id, 'waiting'),
    await invite(api, ai_interview_id, 'later'),
  ];
  const revoked = await newKey('revoked later');
  await startOf(api, delivered);
  await expect.poll(() => stateOf(api, delivered)).toMatchObject({ state: 'delivered' });
  ats.answer = 500;
  await startOf(api, waiting);
  await expect.poll(() => stateOf(api, waiting)).toMatchObject({ state: 'pending', last_status: 500 });

  const backup = await backUp(set, async () => {
    ats.answer = 200;
    // Two of three are a majority.
    await startOf(api, later);
    await expect.poll(() => stateOf(api, waiting)).toMatchObject({ state: 'delivered' });
    await expect.poll(() => stateOf(api, later)).toMatchObject({ state: 'delivered' });
  });
  const { api_key: lateKey } = await newKey('made later');
  const revocation = { body: { api_key_id: revoked.api_key_id } };
  expect((await api.call('POST', '/trpc/apiKeys.revoke', revocation)).status).toBe(200);
  await api.stop();
  return { stored: { delivered, waiting, later, revokedKey: revoked.api_key, lateKey }, backup };
}

it(
  'of the files of a stopped secondary: what was stored is there, what was due goes out again with the same id, and what came later is recorded again as the same event',
  { timeout: PATIENCE_MS },
  async () => {
    await using ats = await receiver();
    const set = await replicaSet({ mongod });
    const { stored, backup } = await usedAndBackedUp(set, ats);
    // Everything else is lost.
    await set[Symbol.asyncDispose]();
    expect([stored.delivered, stored.waiting, stored.later].map((id) => times(ats, id))).toEqual([
      1,
      expect.any(Number),
      1,
    ]);
    const before = times(ats, stored.waiting);

    const api = await serve(await restore(backup));
    expect((await api.call('GET', '/readyz')).status).toBe(200);
    expect((await api.call('GET', '/ai-interviews/settings/webhooks')).json).toMatchObject({
      webhooks: {
        start: { status: true, url: ats.url },
        auth: { basic: { username: 'ats', hasPassword: true } },
      },
    });
    expect(await stateOf(api, stored.delivered)).toMatchObject({ state: 'delivered', attempts: 1 });

    // What was due at the time of the backup: once more, with the id that the receiver knows.
    await expect.poll(() => stateOf(api, stored.waiting)).toMatchObject({ state: 'delivered' });
    expect(times(ats, stored.waiting)).toBe(before + 1);
    const { authorization } = ats.received.at(-1)?.headers ?? {};
    expect(authorization).toBe(`Basic ${Buffer.from('ats:stored sealed').toString('base64')}`);

    // What was recorded after it: unknown, and the same event when its caller repeats it.
    expect((await api.call('GET', `/ai-interviews/responses/${stored.later}`)).json).toMatchObject({
      invite_status: 'Invited',
    });
    expect((await api.call('GET', `/ai-interviews/webhooks/deliveries/${idOf(stored.later)}`)).status).toBe(
      404,
    );
    await startOf(api, stored.later);
    await expect.poll(() => stateOf(api, stored.later)).toMatchObject({ state: 'delivered' });
    expect(times(ats, stored.later)).toBe(2);
    expect(times(ats, stored.delivered)).toBe(1);

    const path = '/ai-interviews/settings/webhooks';
    expect((await api.call('GET', path, { key: stored.lateKey })).status).toBe(401);
    expect((await api.call('GET', path, { key: stored.revokedKey })).status).toBe(200);
    await api.stop();
  },
);
