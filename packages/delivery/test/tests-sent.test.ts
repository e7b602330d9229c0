import { listAudit, sendTest } from '@interview-webhooks/domain';
import { ListAudit, SendTest } from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeliveryEngine } from '../src/index.ts';
import { configure, type DeliveryWorld, deliveryWorld } from '../src/testing/delivery-world.ts';
import { httpReceiver } from './receivers.ts';

const password = 'a stored password';
const stored = `Basic ${btoa(`user:${password}`)}`;

let world: DeliveryWorld;
let engine: DeliveryEngine;
beforeAll(async () => {
  world = await deliveryWorld();
  engine = world.engine();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A receiver that notes what authenticates the webhooks that it gets. */
async function noting() {
  const seen: (string | undefined)[] = [];
  const receiver = await httpReceiver((request, response) => {
    seen.push(request.headers.authorization ?? request.headers['x-api-key']?.toString());
    request.resume().on('end', () => response.end());
  });
  return { ...receiver, seen };
}

/** A workspace whose start webhook goes to `url` with the stored password. */
async function workspaceAt(url: string) {
  const context = await world.workspace(engine);
  await configure(context, {
    start: { status: true, url },
    auth: { type: 'basic', basic: { username: 'user', password } },
  });
  return (input: unknown) => sendTest(context, SendTest.parse(input));
}

it('sends the stored credential to the stored origin, whatever the path', async () => {
  await using own = await noting();
  const test = await workspaceAt(own.url);
  await test({ event: 'start' });
  await test({ event: 'start', url: `${own.url}/other?path=1` });
  await test({ event: 'submission', url: own.url });
  await test({ event: 'start', url: own.url, auth: { basic: { username: 'other' } } });
  expect(own.seen).toEqual([stored, stored, stored, `Basic ${btoa(`other:${password}`)}`]);
});

it('sends it nowhere else: another port, host or scheme has no part of it', async () => {
  await using own = await noting();
  await using other = await noting();
  const test = await workspaceAt(own.url);
  const elsewhere = [other.url, own.url.replace('127.0.0.1', 'localhost')];
  for (const url of elsewhere) {
    expect(await test({ event: 'start', url })).toMatchObject({ status: 200 });
    await expect(
      test({ event: 'start', url, auth: { type: 'basic', basic: { username: 'user' } } }),
    ).rejects.toMatchObject({
      faults: [{ path: 'auth.basic.password', message: expect.stringContaining('another one') as string }],
    });
    await test({
      event: 'start',
      url,
      auth: { type: 'apikey', apikey: { header: 'X-Api-Key', apikey: 'typed' } },
    });
  }
  const secure = await test({ event: 'start', url: own.url.replace('http:', 'https:') });
  expect(Object.keys(secure.request.headers)).not.toContain('authorization');
  expect([...own.seen, ...other.seen]).toEqual([undefined, 'typed', undefined, 'typed']);
});

it('is in the audit trail with the origin that it goes to, and not where it was refused', async () => {
  await using own = await noting();
  await using other = await noting();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: own.url } });
  await sendTest(context, { event: 'start' });
  await sendTest(context, { event: 'start', url: `${other.url}?token=in-the-query` });
  await expect(sendTest(context, { event: 'start', url: 'https://10.0.0.1/' })).rejects.toThrow();
  const { data } = await listAudit(context, ListAudit.parse({ action: 'settings.tested' }));
  expect(data.map(({ target, actor }) => [target, actor.name])).toEqual(
    [other, own].map(({ port }) => [
      { type: 'endpoint', id: `http://127.0.0.1:${port}`, name: null },
      'Owner',
    ]),
  );
});
