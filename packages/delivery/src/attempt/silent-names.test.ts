import { createAddressLookup, recordStart, sendTest } from '@interview-webhooks/domain';
import { SendTest } from '@interview-webhooks/schema';
import { nameServer, receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryOf, deliveryWorld, invitation } from '../testing/delivery-world.ts';

const SILENT = 160;
const TESTS = 20;
const OTHERS = 20;

it('names whose DNS is silent hold up nobody else’s webhooks', async () => {
  const silent = Array.from({ length: SILENT }, (_, index) => `n${index}.silent.example`);
  // Silent from when they are first sent to.
  await using names = await nameServer({
    ...Object.fromEntries(silent.map((name) => [name, [['127.0.0.1'], 'silent']])),
    'well.example': [['127.0.0.1']],
  });
  const lookup = createAddressLookup({ servers: names.servers, timeoutMs: 3_000, foundForMs: 0 });
  await using world = await deliveryWorld({ lookup, deadlineMs: 5_000 });
  await using target = await receiver();
  const engine = world.engine({ stopGraceMs: 0 });
  const [hostile, other] = [await world.workspace(engine), await world.workspace(engine)];
  const urls = silent.map((name) => `https://${name}/hook`);
  const hanging: { response_id: string }[] = [];
  for (const url of urls) hanging.push(await invitation(hostile, { start: { status: true, url } }));
  const well = new URL(target.url);
  well.hostname = 'well.example';
  await configure(other, { start: { status: true, url: well.href } });
  const invited = await Promise.all(Array.from({ length: OTHERS }, () => invitation(other)));

  await Promise.all(hanging.map((response) => recordStart(hostile, response)));
  let ended = 0;
  const tests = urls
    .slice(0, TESTS)
    .map((url) => sendTest(hostile, SendTest.parse({ event: 'start', url })).finally(() => ended++));
  for (const response of invited) await recordStart(other, response);
  await target.until(() => target.received.length >= OTHERS);
  // By then none of the silent ones has come to anything.
  expect(ended).toBe(0);
  await expect
    .poll(() => deliveryOf(hostile, hanging[0]?.response_id ?? '', 'start'))
    .toMatchObject({ attempts: 0 });
  for (const { error } of await Promise.all(tests)) {
    expect(['dns-failed', 'queue-timeout']).toContain(error?.code);
  }
}, 120_000);
