import { type Context, sendTest } from '@interview-webhooks/domain';
import { type Attempt, SendTest } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { httpReceiver } from '../../test/receivers.ts';
import { deliveryWorld } from '../testing/delivery-world.ts';
import { defaultOptions } from '../engine/engine-options.ts';

const { perEndpoint, waitingTestsPerWorkspace } = defaultOptions.limits;

function testTo(context: Context, url: string): Promise<Attempt> {
  return sendTest(context, SendTest.parse({ event: 'start', url }));
}

it('tests take their turn like attempts, and those that have none in time say so', async () => {
  // Nobody answers before the test says so; none of these times is what it waits for.
  await using world = await deliveryWorld({ deadlineMs: 60_000 });
  let [open, most] = [0, 0];
  const held: (() => void)[] = [];
  const news = new EventTarget();
  await using target = await httpReceiver((_request, response) => {
    open++;
    most = Math.max(most, open);
    response.on('close', () => open--);
    held.push(() => response.end());
    news.dispatchEvent(new Event('arrived'));
  });
  await using other = await receiver();
  const engine = world.engine({ turnWaitMs: 300 });
  const [context, neighbour] = [await world.workspace(engine), await world.workspace(engine)];

  const all = Array.from({ length: perEndpoint + waitingTestsPerWorkspace + 20 }, () =>
    testTo(context, target.url),
  );
  while (held.length < perEndpoint) await once(news, 'arrived');
  expect((await testTo(neighbour, other.url)).status).toBe(200);
  const errors: string[] = [];
  const sent: Attempt[] = [];
  const ended = all.map(async (test) => {
    const { error, ...attempt } = await test;
    if (error) errors.push(`${error.code}: ${error.message}`);
    else sent.push({ error, ...attempt });
    if (errors.length === all.length - perEndpoint) for (const end of held) end();
  });
  await Promise.all(ended);
  expect(most).toBe(perEndpoint);
  expect(sent).toHaveLength(perEndpoint);
  const said = (text: string) => errors.filter((error) => error.includes(text)).length;
  expect(said('queue-timeout: Nothing was sent')).toBe(errors.length);
  expect(said('had no turn within 0.3 s')).toBe(waitingTestsPerWorkspace);
  expect(said(`${waitingTestsPerWorkspace} tests of this workspace wait`)).toBe(20);
});
