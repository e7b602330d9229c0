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

it('a delivery that succeeds at once costs one durable write beside its event, and those that come together share theirs', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  await engine.runDue();

  const writesFor = async (count: number) => {
    const kept: (() => void)[] = [];
    const begin: EventSink['begin'] = (...begun) => {
      const recording = engine.events.begin(...begun);
      return {
        ...recording,
        recorded: (response) =>
          kept.push(() => {
            recording.recorded(response);
          }),
      };
    };
    const events = { ...context.events, begin };
    for (let made = 0; made < count; made++)
      await recordStart({ ...context, events }, await invitation(context));
    return durableWrites(context.database, async () => {
      for (const send of kept) send();
      await engine.runDue();
    });
  };
  // The very first one also makes the workspace's signing secret.
  await writesFor(1);
  expect(await writesFor(1)).toEqual(['insert deliveries']);
  const together = await writesFor(100);
  expect(target.received).toHaveLength(102);
  expect(new Set(together)).toEqual(new Set(['insert deliveries']));
  expect(together.length).toBeLessThan(50);
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
