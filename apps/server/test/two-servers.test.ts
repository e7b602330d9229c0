import { apiClient, startServer } from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROUNDS = 5;
const START_MS = 120_000;

let dataDir: string;
let servers: Awaited<ReturnType<typeof startServer>>[];
const key = `test_${randomBytes(24).toString('base64url')}`;

/** Two processes on one database. */
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-two-'));
  const env = { BOOTSTRAP_API_KEY: key };
  servers = [await startServer({ dataDir, env }), await startServer({ dataDir, env })];
}, START_MS);
afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
}, START_MS);

/** The owner at one server and at the other, and in the next round the other way round. */
function ownersIn(round: number) {
  const owners = servers.map(({ url }) => apiClient(url, key));
  const [here, there] = round % 2 === 0 ? owners : owners.toReversed();
  if (!here || !there) throw new Error('two servers are started');
  return { here, there };
}

type Api = ReturnType<typeof apiClient>;
const settings = '/ai-interviews/settings/webhooks';
const startUrl = async (api: Api, path = settings) =>
  ((await api.rest('GET', path)) as { webhooks: { start: { url: string | null } } }).webhooks.start.url; // as documented
const startTo = (path: string) => ({
  webhooks: { start: { status: true, url: `https://example.com/${path}` } },
});
const result = async (api: Api, name: string, body: object = {}) => {
  const { status, json } = await api.call('POST', `/trpc/${name}`, { body });
  expect(status).toBe(200);
  return (json as { result: { data: Record<string, unknown> } }).result.data; // as tRPC answers
};

it(
  'a key that is revoked at one server opens nothing at the other, from the very next call on',
  async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { here, there } = ownersIn(round);
      const made = await result(here, 'apiKeys.create', { name: 'k', scopes: ['settings:read'] });
      const { api_key, api_key_id } = made as { api_key: string; api_key_id: string }; // as documented
      const asked = async () => (await there.call('GET', settings, { key: api_key })).status;
      for (let calls = 0; calls < 5; calls++) expect(await asked()).toBe(200);
      await result(here, 'apiKeys.revoke', { api_key_id });
      expect(await asked()).toBe(401);
    }
  },
  START_MS,
);

it(
  'settings that are changed at one server are what the other answers, from the very next call on',
  async () => {
    const created = await ownersIn(0).here.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
    const { ai_interview_id } = created as { ai_interview_id: string }; // as documented
    const own = `${settings}/${ai_interview_id}`;
    for (let round = 0; round < ROUNDS; round++) {
      const { here, there } = ownersIn(round);
      await startUrl(there);
      await startUrl(there, own);
      await here.rest('POST', settings, startTo(`global-${round}`));
      expect(await startUrl(there)).toBe(`https://example.com/global-${round}`);
      await here.rest('PUT', own, startTo(`own-${round}`));
      expect(await startUrl(there, own)).toBe(`https://example.com/own-${round}`);
      const { secret } = await result(here, 'settings.rotateSigningSecret', { overlap_hours: 0 });
      const shown = await there.call('GET', '/trpc/settings.signingSecret');
      expect(shown.json).toMatchObject({ result: { data: { secret } } });
    }
  },
  START_MS,
);
