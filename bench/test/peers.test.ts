import fastify from 'fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idIn } from '../src/delivery/id-field.ts';
import { coalesce } from '../src/delivery/peers/coalesce.ts';
import { type Adapter, adapterOf } from '../src/peers/adapter.ts';
import { measureServer } from '../src/peers/measure-server.ts';
import { serversTable } from '../src/peers/servers-table.ts';

describe('coalesce', () => {
  it('does together what is asked for while the batch before is under way, and gives each its own', async () => {
    const batches: number[][] = [];
    const double = coalesce((items: readonly number[]) => {
      batches.push([...items]);
      return Promise.resolve((item: number) => 2 * item);
    });
    const first = [double(1), double(2)];
    const [two, four] = await Promise.all(first);
    expect([two, four, await double(3)]).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it('fails those whose batch has failed, and goes on', async () => {
    const work = coalesce((items: readonly string[]) =>
      items.includes('bad')
        ? Promise.reject<(item: string) => string>(new Error('refused'))
        : Promise.resolve((item: string) => item),
    );
    await expect(work('bad')).rejects.toThrow('refused');
    await expect(work('good')).resolves.toBe('good');
  });
});

it("finds the id in a webhook's body, however deep, and in nothing else", () => {
  expect(idIn('{"n":7}', 'n')).toBe('7');
  expect(idIn('{"payload":{"data":{"n":"7"}}}', 'payload.data.n')).toBe('7');
  for (const body of ['', 'no JSON', '[]', 'null', '{"n":null}', '{"n":{}}', '{"N":1}'])
    expect(idIn(body, 'n')).toBeUndefined();
  expect(idIn('{}', 'constructor.name')).toBeUndefined();
});

// The receiver is a child of this process, and reads TypeScript as it does in a benchmark.
process.execArgv.push('--import', 'tsx');

/** A server that posts a webhook for each call, but refuses every tenth. */
async function smallServer(): Promise<string> {
  const app = fastify();
  let receiverUrl = '';
  app.post<{ Body: { receiverUrl: string } }>('/setup', ({ body }) => {
    receiverUrl = body.receiverUrl;
    return {};
  });
  app.post<{ Body: { n: number } }>('/events', async ({ body: { n } }, reply) => {
    if (n % 10 === 9) return reply.code(503).send({});
    const headers = { 'content-type': 'application/json' };
    const sent = fetch(receiverUrl, { method: 'POST', headers, body: JSON.stringify({ data: { n } }) });
    await sent.then((answer) => answer.text());
    return {};
  });
  onTestFinished(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const adapter: Adapter = {
  idField: 'data.n',
  setup: async ({ url }, { receiverUrl }) => {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/setup`, { method: 'POST', headers, body: JSON.stringify({ receiverUrl }) });
    return (n) => ({ path: '/events', body: JSON.stringify({ n }) });
  },
};

it('measures a server by its API alone, and counts what it refuses', async () => {
  const url = await smallServer();
  const plan = { warmUpCalls: 50, calls: 100, rates: [50], seconds: 1, pids: [process.pid] };
  const figures = await measureServer(adapter, { url, key: '' }, plan);
  expect(figures.failures).toEqual({ '503 {}': 20 });
  expect(figures).toMatchObject({ missing: 0, repeats: 0 });
  expect(figures.deliveredPerSecond).toBeGreaterThan(0);
  const [at] = figures.atRates;
  expect(at?.perSecond).toBe(50);
  // It sends before it acknowledges.
  expect(at?.latencies.ackToReceipt.p50Ms).toBe(0);
  expect(at?.latencies.callToReceipt.p50Ms).toBeLessThan(at?.latencies.callToAck.p50Ms ?? 0);
  expect(serversTable([{ name: 'small', figures }])).toMatch(/^server +acknowledged\/s .*ack ms at 50\/s/);
});

it('takes an adapter from a module, and says what is wrong with one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-adapter-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const [good, bad] = [join(directory, 'good.mjs'), join(directory, 'bad.mjs')];
  await writeFile(good, "export const adapter = { idField: 'id', setup: () => undefined };");
  await writeFile(bad, "export const adapter = { idField: 'id' };");
  expect((await adapterOf(good)).idField).toBe('id');
  expect((await adapterOf('ours')).idField).toBe('custom_field_id');
  await expect(adapterOf(bad)).rejects.toThrow(
    /must export `adapter` with an `idField` and a function `setup`/,
  );
  await expect(adapterOf('other.mjs')).rejects.toThrow(/--adapter takes ours, bound or the absolute path/);
});
