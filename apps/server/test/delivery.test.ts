import type { Attempt, Delivery, DeliveryDetails, Overview, Redelivery } from '@interview-webhooks/schema';
import { receiver, type Received } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ WEBHOOK_RETRY_SCHEDULE: '1s,1s' });
});
afterAll(() => server[Symbol.asyncDispose]());

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Calls of a workspace of its own, each of which must succeed. */
async function workspace(): Promise<Call> {
  const { key } = await server.newWorkspace();
  return async (method, path, body) => {
    const answer = await server.call(method, `/ai-interviews${path}`, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
}

async function invite(call: Call): Promise<string> {
  const { ai_interview_id } = (await call('POST', '', { ai_interview_name: 'Backend' })) as {
    ai_interview_id: string;
  };
  const body = { ai_interview_id, candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  return ((await call('POST', '/invite', body)) as { response_id: string }).response_id;
}

async function delivered(call: Call, id: string, state = 'delivered'): Promise<DeliveryDetails> {
  for (;;) {
    const delivery = await call('GET', `/webhooks/deliveries/${id}`).catch(() => undefined);
    if ((delivery as DeliveryDetails | undefined)?.state === state) return delivery as DeliveryDetails;
    await pause(20);
  }
}

it('a customer gets what it configured, signed so that it can check it, and the log shows it', async () => {
  await using ats = await receiver();
  const call = await workspace();
  const auth = { type: 'apikey', apikey: { header: 'X-Hook-Key', apikey: 'very-secret' } };
  await call('POST', '/settings/webhooks', { webhooks: { start: { status: true, url: ats.url }, auth } });
  const { secret } = (await call('GET', '/settings/webhooks/secret')) as { secret: string };
  const response_id = await invite(call);
  await call('POST', `/responses/${response_id}/start`);
  const delivery = await delivered(call, `evt_${response_id}_start`);

  expect(ats.received).toHaveLength(1);
  const [{ headers, body }] = ats.received as [Received];
  expect(headers['x-hook-key']).toBe('very-secret');
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ response_id });
  expect(delivery).toMatchObject({ payload: body, log: [{ url: ats.url, status: 200, error: null }] });
  expect(JSON.stringify(delivery)).not.toContain('very-secret');

  const { secret: fresh } = (await call('POST', '/settings/webhooks/secret/rotate', {})) as {
    secret: string;
  };
  await call('POST', `/webhooks/deliveries/${delivery.delivery_id}/redeliver`);
  await ats.until(() => ats.received.length === 2);
  const [, again] = ats.received as [Received, Received];
  expect(again.body).toBe(body);
  for (const either of [secret, fresh])
    new Webhook(either).verify(again.body, again.headers as Record<string, string>);
});

it('a customer that fails is tried again, and the deliveries can be found by what is known of them', async () => {
  await using ats = await receiver(500);
  const call = await workspace();
  await call('POST', '/settings/webhooks', { webhooks: { submission: { status: true, url: ats.url } } });
  const response_id = await invite(call);
  await call('POST', `/responses/${response_id}/submission`, { score: 50 });
  const delivery = await delivered(call, `evt_${response_id}_submission`);
  expect(delivery.log.map(({ trigger, status }) => [trigger, status])).toEqual([
    ['event', 500],
    ['retry', 200],
  ]);
  expect(await delivered(call, `evt_${response_id}_start`, 'cancelled')).toMatchObject({
    reason: 'webhook-off',
  });

  const found = async (query: string) =>
    ((await call('GET', `/webhooks/deliveries${query}`)) as { data: Delivery[] }).data.map(
      ({ event }) => event.split('.')[1],
    );
  expect((await found('')).sort()).toEqual(['start', 'submission']);
  expect(await found('?state=delivered&status_class=2xx&text=ADA')).toEqual(['submission']);
  expect(await found(`?response_id=${response_id}&event=ai_interview.start`)).toEqual(['start']);
  expect(await found('?status_class=none')).toEqual(['start']);
  expect(await found('?text=nobody')).toEqual([]);
  expect(await found('?from=2999-01-01T00:00:00Z')).toEqual([]);
  const page = (await call('GET', '/webhooks/deliveries?limit=1')) as {
    data: Delivery[];
    next_cursor: string;
  };
  expect(page.data).toHaveLength(1);
  expect(await found(`?limit=1&cursor=${page.next_cursor}`)).toHaveLength(1);
});

it('the overview counts what was delivered within the second, in the hours of the reader', async () => {
  await using ats = await receiver();
  const call = await workspace();
  await call('POST', '/settings/webhooks', { webhooks: { start: { status: true, url: ats.url } } });
  const response_id = await invite(call);
  await call('POST', `/responses/${response_id}/start`);
  const overview = async () =>
    (await call('GET', '/webhooks/overview?range=7d&utc_offset_minutes=120')) as Overview;
  let counted = await overview();
  while (counted.total.delivered === 0) {
    await pause(20);
    counted = await overview();
  }
  expect(counted).toMatchObject({ range: '7d', bucket_hours: 6, webhooks: { start: { success_rate: 1 } } });
  expect(new Date(counted.to).getUTCHours() % 6).toBe(4);
  expect(counted.points.at(-1)).toMatchObject({ delivered: 1 });
  await expect(call('GET', '/webhooks/overview?range=1y')).rejects.toThrow('"path":"range"');
});

it('a test goes to the stored URL or to one that is only being tried, and says what came of it', async () => {
  await using ats = await receiver(200, 503);
  const call = await workspace();
  const tried = (await call('POST', '/settings/webhooks/test', {
    event: 'submission',
    url: ats.url,
    auth: { type: 'basic', basic: { username: 'u', password: 'unsaved' } },
  })) as Attempt;
  expect(tried).toMatchObject({
    trigger: 'test',
    status: 200,
    error: null,
    request: { headers: { authorization: '••••••' } },
  });
  expect(JSON.parse(ats.received[0]?.body ?? '')).toMatchObject({
    test: true,
    event: 'ai_interview.submission',
  });
  await call('POST', '/settings/webhooks', { webhooks: { start: { status: true, url: ats.url } } });
  expect(await call('POST', '/settings/webhooks/test', { event: 'start' })).toMatchObject({
    status: 503,
    error: { code: 'http-status' },
  });

  await expect(call('POST', '/settings/webhooks/test', { event: 'submission' })).rejects.toThrow(
    '"path":"url"',
  );
  await expect(
    call('POST', '/settings/webhooks/test', { event: 'start', url: 'https://10.0.0.1/' }),
  ).rejects.toThrow('private');
  await expect(
    call('POST', '/settings/webhooks/test', {
      event: 'start',
      auth: { type: 'basic', basic: { username: 'u' } },
    }),
  ).rejects.toThrow('"path":"auth.basic.password"');
});

it('what an outage has cost is sent again by its filter, which can be followed and stopped', async () => {
  await using ats = await receiver();
  ats.answer = 410;
  const call = await workspace();
  const on = { webhooks: { start: { status: true, url: ats.url } } };
  await call('POST', '/settings/webhooks', on);
  const ids = [await invite(call), await invite(call)];
  for (const id of ids) {
    await call('POST', `/responses/${id}/start`);
    await delivered(call, `evt_${id}_start`, 'failed');
    await call('POST', '/settings/webhooks', { ...on, updateAll: true });
  }
  ats.answer = 200;
  ats.received.splice(0);

  await expect(call('POST', '/webhooks/redeliveries', {})).rejects.toThrow('at least one of');
  const created = (await call('POST', '/webhooks/redeliveries', { state: 'failed' })) as Redelivery;
  expect(created).toMatchObject({ state: 'running', total: 2, created_by: { type: 'api_key' } });
  await ats.until(() => ats.received.length === 2);
  const path = `/webhooks/redeliveries/${created.redelivery_id}`;
  const followed = async () => (await call('GET', path)) as Redelivery;
  await expect.poll(followed).toMatchObject({ state: 'completed', queued: 2, delivered: 2, waiting: 0 });
  await expect(call('DELETE', path)).rejects.toThrow('nothing to stop');
  expect(await call('GET', '/webhooks/redeliveries')).toEqual({
    data: [await followed()],
    next_cursor: null,
  });

  ats.answer = 'never';
  const again = (await call('POST', '/webhooks/redeliveries', { state: 'delivered' })) as Redelivery;
  const stopped = await call('DELETE', `/webhooks/redeliveries/${again.redelivery_id}`);
  expect(stopped).toMatchObject({ state: 'cancelled' });
});
