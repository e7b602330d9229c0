import type { Database } from '@interview-webhooks/database';
import { commandsDuring, isJournaled, nameOf } from '@interview-webhooks/database/testing';
import { type EventSink, recordStart } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryWorld, invitation } from '../testing/delivery-world.ts';

/** Statements that the server answers only when they are in the journal, while `work` goes on. */
async function durableWrites(database: Database, work: () => Promise<void>): Promise<string[]> {
  return (await commandsDuring(database, work)).filter(isJournaled).map(nameOf);
}

it('a delivery that succeeds at once costs two durable writes, and those that come together share theirs', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  await engine.runDue();

  const writesFor = async (count: number) => {
    const recorded: Parameters<EventSink['recorded']>[] = [];
    const note = (...told: Parameters<EventSink['recorded']>) => recorded.push(told);
    const events = { ...context.events, recorded: note };
    for (let made = 0; made < count; made++)
      await recordStart({ ...context, events }, await invitation(context));
    return durableWrites(context.database, async () => {
      for (const told of recorded) engine.events.recorded(...told);
      await engine.runDue();
    });
  };
  // The very first one also makes the workspace's signing secret.
  expect(await writesFor(1)).toContain('update workspaces');
  expect(await writesFor(1)).toEqual(['insert deliveries', 'update deliveries']);
  const together = await writesFor(100);
  expect(target.received).toHaveLength(102);
  expect(together.filter((write) => write === 'insert deliveries')).toHaveLength(1);
  expect(together.length).toBeLessThan(100);
});

it('what is read for a batch comes with one answer, also where that is more than a hundred documents', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const invited = await Promise.all(Array.from({ length: 150 }, () => invitation(context)));
  const commands = await commandsDuring(context.database, async () => {
    await Promise.all(invited.map((response) => recordStart(context, response)));
    await engine.runDue();
  });
  expect(target.received).toHaveLength(150);
  const goneOn = commands.filter(({ commandName }) => commandName === 'getMore');
  expect(goneOn.map(({ command }) => command['collection'])).toEqual([]);
});
