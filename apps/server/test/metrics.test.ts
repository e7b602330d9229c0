import { receiver, systemProcess } from '@interview-webhooks/testing';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../src/env.ts';
import { parseExposition, type Scrape, scrape } from './support/exposition.ts';
import { subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

const prefix = 'interview_webhooks_';
const event = 'ai_interview.start';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ METRICS_PORT: '0', WEBHOOK_RETRY_SCHEDULE: '1h,1h' });
});
afterAll(() => server[Symbol.asyncDispose]());

const scraped = (): Promise<Scrape> => scrape(server.metricsUrl ?? '');

/** A workspace whose start webhooks go to `url`, and one candidate of it who has started. */
async function startAt(url: string): Promise<{ key: string; workspaceId: string; delivery_id: string }> {
  const { key, workspaceId } = await server.newWorkspace();
  const call = async (path: string, body: unknown) =>
    (await server.call('POST', `/ai-interviews${path}`, { key, body })).json as Record<string, string>;
  await call('/settings/webhooks', { webhooks: { start: { status: true, url } } });
  const { ai_interview_id } = await call('', { ai_interview_name: 'Backend' });
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = await call('/invite', { ai_interview_id, ...candidate });
  await call(`/responses/${response_id}/start`, {});
  return { key, workspaceId, delivery_id: `evt_${response_id}_start` };
}

/** Watches deliveries with a key that is revoked meanwhile, which ends the stream. */
async function watchUntilRevoked(): Promise<void> {
  const post = async (procedure: string, body: unknown) =>
    (await server.call('POST', `/trpc/${procedure}`, { body })).json as {
      result: { data: { api_key: string; api_key_id: string } };
    };
  const { data } = (await post('apiKeys.create', { name: 'watcher', scopes: ['deliveries:read'] })).result;
  await using subscription = await subscribe({
    url: server.url,
    procedure: 'deliveries.live',
    input: {},
    headers: { apiKey: data.api_key },
  });
  await subscription.next();
  await post('apiKeys.revoke', { api_key_id: data.api_key_id });
  while (await subscription.next());
  await expect.poll(() => server.logged()).toContain('"path":"/trpc/deliveries.live"');
}

async function until(isSo: (figures: Scrape) => boolean): Promise<Scrape> {
  for (;;) {
    const figures = await scraped();
    if (isSo(figures)) return figures;
    await pause(50);
  }
}

describe('/metrics', () => {
  it('tells of requests, deliveries and what waits, after a delivery and a failure', async () => {
    await using works = await receiver();
    await using fails = await receiver(503);
    const { workspaceId } = await startAt(works.url);
    await startAt(fails.url);
    const figures = await until(
      ({ value }) =>
        value(`${prefix}attempt_duration_seconds_count`, { event }) === 2 &&
        // What is stored is looked at every few seconds: perhaps just before all that follows an attempt was written.
        value(`${prefix}deliveries_waiting`, { state: 'later' }) === 1 &&
        value(`${prefix}failing_endpoints`, { state: 'failing' }) === 1 &&
        value(`${prefix}outbox_responses`) === 0,
    );
    const value = (name: string, labels?: Record<string, string>) => figures.value(prefix + name, labels);
    expect(value('deliveries_ended_total', { event, outcome: 'delivered' })).toBe(1);
    expect(value('deliveries_ended_total', { outcome: 'failed' })).toBe(0);
    expect(value('attempt_duration_seconds_count', { outcome: 'received' })).toBe(1);
    expect(value('attempt_failures_total', { error: 'http-status' })).toBe(1);
    expect(value('attempt_failures_total')).toBe(1);
    expect(value('deliveries_waiting', { state: 'due' })).toBe(0);
    expect(value('lease_losses_total')).toBe(0);
    expect(value('database_up')).toBe(1);
    expect(
      value('database_command_duration_seconds_count', { command: 'insert', outcome: 'ok' }),
    ).toBeGreaterThan(0);
    const start = { method: 'POST', route: '/ai-interviews/responses/:response_id/start', status: '200' };
    expect(value('http_request_duration_seconds_count', start)).toBe(2);
    // Whose they are would be a series for each customer, and a customer's name in somebody's monitor.
    expect(figures.text).not.toContain(workspaceId);
    expect(figures.text).not.toContain('127.0.0.1');
  });

  it('names requests by their routes, whatever was asked for, and leaves event streams out', async () => {
    await server.call('GET', '/nothing/here/4711');
    await server.call('GET', '/ai-interviews/6a61f0c2e4b0a1d2c3f4a5b6');
    await watchUntilRevoked();
    // Beside making the key and revoking it.
    await server.call('GET', '/trpc/settings.webhookSettings');
    const { families } = await until(
      ({ value }) => value(`${prefix}http_request_duration_seconds_count`, { route: '/trpc/:path' }) > 2,
    );
    const samples = families.get(`${prefix}http_request_duration_seconds`)?.samples ?? [];
    const routes = new Set(samples.map(({ labels }) => labels['route'] ?? ''));
    expect(routes).toContain('none');
    expect(routes).toContain('/ai-interviews/:ai_interview_id');
    expect([...routes].filter((route) => /\d{2}/.test(route))).toEqual([]);
    const counted = samples.filter(
      ({ name, labels }) => name.endsWith('_count') && labels['route'] === '/trpc/:path',
    );
    expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(3);
  });

  it('is not on the public port, and there is nothing else on its own', async () => {
    expect((await server.call('GET', '/metrics')).status).toBe(404);
    const own = new URL(server.metricsUrl ?? '');
    expect(own.hostname).toBe('127.0.0.1');
    expect((await fetch(new URL('/', own))).status).toBe(404);
    expect((await fetch(own, { method: 'POST' })).status).toBe(404);
  });

  it('is what the documentation says, metric by metric', async () => {
    const documented = await readFile(new URL('../../../docs/observability.md', import.meta.url), 'utf8');
    const rows = [...documented.matchAll(/^\| `(interview_webhooks_\w+)` +\| (\w+) +\| (.*?) +\|$/gm)];
    const said = rows.map(([, name, type, help]) => ({ name, type, help }));
    const { families } = await scraped();
    const real = [...families]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { type, help }]) => ({ name, type, help }));
    expect(said).toEqual(real.toSorted((one, other) => (one.name < other.name ? -1 : 1)));
  });
});

it('a worker serves its own, and a port is only opened where one is named', async () => {
  expect(readEnv({}).METRICS_PORT).toBeUndefined();
  const worker = systemProcess({ program: 'worker', env: { DATA_DIR: server.dataDir, METRICS_PORT: '0' } });
  await worker.printed(/Delivering/);
  const [, url = ''] = await worker.logged(/"url":"(http:[^"]+\/metrics)"/);
  const figures = await scrape(url);
  expect(figures.value(`${prefix}database_up`)).toBe(1);
  expect(figures.families.get('nodejs_eventloop_lag_p99_seconds')?.type).toBe('gauge');
  worker.kill('SIGTERM');
  expect(await worker.exited).toEqual({ code: 0, signal: null });
});

it('where the database does not answer, what it would say has no value, and the rest does', async () => {
  const waiting = systemProcess({
    program: 'worker',
    env: {
      MONGODB_URI: 'mongodb://127.0.0.1:1/test',
      SECRET_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
      METRICS_PORT: '0',
    },
  });
  const [, url = ''] = await waiting.logged(/"url":"(http:[^"]+\/metrics)"/);
  const { families } = await scrape(url);
  expect(families.get(`${prefix}database_up`)?.samples).toMatchObject([{ value: 0 }]);
  expect(families.get(`${prefix}oldest_due_delivery_age_seconds`)?.samples).toEqual([]);
  expect(families.get(`${prefix}deliveries_held`)?.samples).toMatchObject([{ value: 0 }]);
  waiting.kill('SIGTERM');
  expect(await waiting.exited).toEqual({ code: 0, signal: null });
});

describe('the check of the format', () => {
  const family = (type: string, ...lines: string[]) =>
    ['# HELP x_total Help.', `# TYPE x_total ${type}`, ...lines].join('\n');

  it.each([
    ['a sample without its family', 'x_total 1'],
    ['a counter that is a gauge', family('gauge', 'x_total 1')],
    ['a label that is not quoted', family('counter', 'x_total{a=b} 1')],
    ['what is no number', family('counter', 'x_total one')],
    ['the same twice', family('counter', 'x_total 1', 'x_total 1')],
    [
      'buckets that do not add up',
      [
        '# HELP h Help.',
        '# TYPE h histogram',
        'h_bucket{le="1"} 2',
        'h_bucket{le="+Inf"} 1',
        'h_count 1',
      ].join('\n'),
    ],
  ])('finds %s', (_what, text) => {
    expect(() => parseExposition(text)).toThrow();
  });
});
