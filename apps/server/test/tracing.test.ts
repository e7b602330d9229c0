import { openDatabase } from '@interview-webhooks/database';
import {
  type ApiClient,
  databaseOf,
  receiver,
  startServer,
  systemProcess,
} from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EnvError, readEnv } from '../src/env.ts';
import { spansIn } from './support/spans.ts';
import { testServer } from './support/test-server.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callersSpan = '00f067aa0ba902b7';
const headers = { traceparent: `00-${traceId}-${callersSpan}-01` };

/** Records that somebody started, in the caller's trace. */
async function start(server: ApiClient, url: string): Promise<string> {
  const post = async (path: string, body: unknown) =>
    (await server.call('POST', `/ai-interviews${path}`, { body })).json as Record<string, string>;
  await post('/settings/webhooks', { webhooks: { start: { status: true, url: `${url}/hidden-path` } } });
  const { ai_interview_id } = await post('', { ai_interview_name: 'Backend' });
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = await post('/invite', { ai_interview_id, ...candidate });
  await server.call('POST', `/ai-interviews/responses/${response_id}/start`, { headers });
  return response_id ?? '';
}

it('a call and every attempt that comes of it are one trace, whichever process makes them', async () => {
  await using collector = await receiver();
  await using target = await receiver(503, 200);
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-tracing-'));
  const env = {
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    WEBHOOK_RETRY_SCHEDULE: '1s,1h',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
  };
  const mine = () => spansIn(collector.received).filter((span) => span.traceId === traceId);
  const server = await startServer({ dataDir, env });
  const response_id = await start(server, target.url);
  await collector.until(() => mine().length === 2);
  await server[Symbol.asyncDispose]();

  const worker = systemProcess({ program: 'worker', env });
  await collector.until(() => mine().length === 3);
  worker.kill('SIGTERM');
  await worker.exited;
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });

  const call = mine().find(({ name }) => name === 'POST /ai-interviews/responses/:response_id/start');
  expect(call).toMatchObject({
    parentSpanId: callersSpan,
    service: 'interview-webhooks',
    attributes: { 'http.response.status_code': 200 },
  });
  const attempts = mine().filter(({ name }) => name === 'webhook attempt');
  expect(attempts).toMatchObject(
    [503, 200].map((status, index) => ({
      parentSpanId: call?.spanId,
      status: status === 200 ? {} : { code: 2 },
      attributes: {
        'webhook.delivery_id': `evt_${response_id}_start`,
        'webhook.attempt': index + 1,
        'http.response.status_code': status,
        'server.address': '127.0.0.1',
      },
    })),
  );
  expect(server.stderr()).toContain(`"traceId":"${traceId}"`);
  // Nobody's business outside, in either direction.
  expect(target.received.map((request) => request.headers['traceparent'])).toEqual([undefined, undefined]);
  expect(JSON.stringify(collector.received)).not.toContain('hidden-path');
  expect(JSON.stringify(collector.received)).not.toContain(server.apiKey);
});

it('a call over tRPC is in the caller’s trace, too', async () => {
  await using collector = await receiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '50' };
  await using server = await startServer({ env });
  const mine = () => spansIn(collector.received).filter((span) => span.traceId === traceId);
  const post = async (procedure: string, body: unknown, sent = {}) =>
    (await server.call('POST', `/trpc/${procedure}`, { body, headers: sent })).json as {
      result: { data: Record<string, string> };
    };
  await using target = await receiver();
  const webhooks = { start: { status: true, url: target.url } };
  await post('settings.updateWebhookSettings', { webhooks });
  const interview = await post('interviews.create', { ai_interview_name: 'Backend' });
  const { ai_interview_id } = interview.result.data;
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = (await post('responses.invite', { ai_interview_id, ...candidate })).result.data;
  await post('responses.start', { response_id }, headers);
  await collector.until(() => mine().length === 2);
  const call = mine().find(({ name }) => name === 'POST /trpc/:path');
  const attempt = mine().find(({ name }) => name === 'webhook attempt');
  expect(call?.parentSpanId).toBe(callersSpan);
  expect(attempt?.parentSpanId).toBe(call?.spanId);
});

it('where nobody asked for traces, nothing of them is kept', async () => {
  await using target = await receiver();
  await using server = await testServer();
  const response_id = await start(server, target.url);
  // What a receiver has got is stored a moment later.
  const delivery = `/ai-interviews/webhooks/deliveries/evt_${response_id}_start`;
  await expect.poll(() => server.rest('GET', delivery)).toMatchObject({ state: 'delivered' });
  const { uri, name } = await databaseOf(server.dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  const stored = [await database.deliveries.find().lean(), await database.responses.find().lean()].flat();
  await database.close();
  expect(stored).toHaveLength(2);
  expect(JSON.stringify(stored)).not.toContain('trace');
  expect(server.logged()).not.toContain(traceId);
});

it('a collector that is not there is said in the log, and is in nobody’s way', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    OTEL_BSP_SCHEDULE_DELAY: '50',
  };
  await using server = await startServer({ env });
  await using target = await receiver();
  await start(server, target.url);
  await target.until(() => target.received.length === 1);
  await expect.poll(() => server.stderr()).toContain('"msg":"traces"');
  server.kill('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

it('what cannot be done is refused at the start', () => {
  const wrong = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' };
  expect(() => readEnv(wrong)).toThrow(EnvError);
  expect(() => readEnv(wrong)).toThrow(
    /OTEL_EXPORTER_OTLP_ENDPOINT must be a full .*PROTOCOL must be http\/json/s,
  );
});
