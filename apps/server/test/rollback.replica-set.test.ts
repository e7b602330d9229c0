import {
  apiClient,
  findMongod,
  freePort,
  receiver,
  replicaSet,
  systemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PATIENCE_MS = 180_000;

/** A server and a worker, each a process of its own. */
async function system(uri: string) {
  const port = await freePort();
  const apiKey = `test_${randomBytes(24).toString('base64url')}`;
  const env = {
    PORT: String(port),
    MONGODB_URI: uri,
    SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    BOOTSTRAP_API_KEY: apiKey,
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'fatal',
  };
  const server = systemProcess({ env });
  await server.printed(/Dashboard/);
  const worker = systemProcess({ env, program: 'worker' });
  await worker.printed(/Delivering/);
  return {
    api: apiClient(`http://127.0.0.1:${port}`, apiKey),
    [Symbol.asyncDispose]: async () => {
      for (const one of [server, worker]) one.kill('SIGKILL');
      await Promise.all([server.exited, worker.exited]);
    },
  };
}

it(
  'nothing is sent of what a rollback takes back: a start that got 503 leaves no webhook, and repeated it is one event',
  { timeout: PATIENCE_MS },
  async () => {
    const mongod = await findMongod();
    if (typeof mongod !== 'string') throw new Error(mongod.tried.join('\n'));
    await using set = await replicaSet({ mongod });
    const uri = set.uriOf('rollback');
    await using target = await receiver();
    await using running = await system(uri);
    const { api } = running;
    const webhooks = { start: { status: true, url: target.url } };
    await api.rest('POST', '/ai-interviews/settings/webhooks', { webhooks });
    const interview = await api.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
    const { ai_interview_id } = interview as { ai_interview_id: string }; // as documented
    const invite = async () => {
      const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com', ai_interview_id };
      const invited = await api.rest('POST', '/ai-interviews/invite', candidate);
      return (invited as { response_id: string }).response_id; // as documented
    };
    const [vanishing, later] = [await invite(), await invite()];
    const start = (id: string) => api.call('POST', `/ai-interviews/responses/${id}/start`);

    const primary = await set.primary();
    const others = set.members.filter((member) => member !== primary);
    // Members that are only frozen would find what it has sent them when they go on.
    await Promise.all(others.map((member) => member.kill()));
    const refused = await start(vanishing);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    // The primary has it all the same, and nobody is told so.
    expect((await start(vanishing)).status).toBe(503);
    await primary.kill();
    await Promise.all(others.map((member) => member.start()));

    // Another one is recorded and arrives: so everything works again, and every sweep has looked.
    await expect.poll(() => start(later).then(({ status }) => status)).toBe(200);
    await target.until(() => target.received.length > 0);
    await primary.start();
    // Where the server keeps what it had to take back.
    const takenBack = () => readdir(join(primary.dataDir, 'rollback')).catch(() => []);
    await expect.poll(takenBack).not.toEqual([]);
    const arrived = () => target.received.map(({ headers }) => headers['webhook-id']);
    expect(arrived()).toEqual([`evt_${later}_start`]);
    const stored = await api.rest('GET', `/ai-interviews/responses/${vanishing}`);
    expect(stored).toMatchObject({ invite_status: 'Invited' });

    expect((await start(vanishing)).status).toBe(200);
    expect((await start(vanishing)).status).toBe(200);
    await target.until(() => target.received.length > 1);
    expect(arrived()).toEqual([`evt_${later}_start`, `evt_${vanishing}_start`]);
    // What a receiver has got is stored a moment later.
    await expect
      .poll(() => api.rest('GET', `/ai-interviews/webhooks/deliveries?response_id=${vanishing}`))
      .toMatchObject({ data: [{ delivery_id: `evt_${vanishing}_start` }] });
  },
);
