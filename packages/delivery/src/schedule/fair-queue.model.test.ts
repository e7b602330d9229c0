import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NaiveQueue } from '../testing/naive-queue.ts';
import type { Saturated } from './capacity.ts';
import { createFairQueue } from './fair-queue.ts';
import type { ScheduleLimits } from './limits.ts';
import { placeAt } from './place.ts';

/** So few that each bound is met often. */
const limits: ScheduleLimits = {
  active: 6,
  activePerWorkspace: 4,
  perOrigin: 3,
  perEndpoint: 2,
  perQuickEndpoint: 3,
  quickMs: 100,
  slowAfterMs: 1_000,
  slow: 3,
  slowPerWorkspace: 2,
  held: 30,
  heldPerWorkspace: 20,
  heldPerOrigin: 12,
  heldPerEndpoint: 6,
  heldPerQuickEndpoint: 8,
  waitingTestsPerWorkspace: 2,
};

/** In a round, all that runs ends: six attempts, and there are twelve endpoints. */
const ROUNDS = 6;

/** What is tried, in the fair queue and in the model. */
interface Run {
  queue: ReturnType<typeof createFairQueue<number>>;
  model: NaiveQueue;
}
type Command = fc.Command<NaiveQueue, Run>;

/** Their order says nothing. */
function sorted({ workspaceIds, origins, endpoints }: Saturated) {
  return [workspaceIds, origins, endpoints].map((keys) => [...keys].sort());
}

/** Begins everything that can begin, and holds what is held against the model. */
function settle({ queue, model }: Run): void {
  for (let entry = queue.next(model.nowMs); entry; entry = queue.next(model.nowMs)) model.begin(entry);
  model.expectNothingCanBegin();
  expect(queue.held()).toBe(model.held.length);
  expect(queue.capacity()).toBe(Math.max(0, limits.held - model.held.length));
  expect(sorted(queue.saturated())).toEqual(sorted(model.saturated()));
}

/** A command that is called `name` when it fails. */
function command(name: string, act: (run: Run) => void): Command {
  return {
    check: () => true,
    run: (_model, run) => {
      act(run);
      settle(run);
    },
    toString: () => name,
  };
}

/** One of `entries`, if there are any. */
function some<Entry>(entries: readonly Entry[], number: number): Entry | undefined {
  return entries[number % Math.max(entries.length, 1)];
}

const places = ['v', 'w'].flatMap((workspace) =>
  ['0.test/0', '0.test/1', '0.test/2', '1.test/0', '1.test/1', '1.test/2'].map((url) =>
    placeAt(`${workspace} https://${url}`),
  ),
);
const place = fc.constantFrom(...places);
const tookMs = fc.constantFrom(1, limits.quickMs, limits.quickMs + 1, undefined);
const number = fc.nat(100);
/** With more, it is workspaces and origins that have their share. */
const active = fc.constantFrom(limits.active, 20);

const enqueue = fc.tuple(place, fc.integer({ min: 1, max: 4 })).map(([place, count]) =>
  command(`enqueue(${place.endpoint}, ${count})`, ({ queue, model }) => {
    for (let n = 1; n <= count; n++) model.wait(queue.enqueue(place, model.nextJob()), place);
  }),
);
const release = fc.tuple(number, tookMs).map(([number, tookMs]) =>
  command(`release(${number}, ${tookMs})`, ({ queue, model }) => {
    const entry = some(model.running, number);
    if (!entry) return;
    queue.release(entry, tookMs);
    model.release(entry, tookMs);
  }),
);

const commands: fc.Arbitrary<Command>[] = [
  // More often than the others: it is when much waits that order matters.
  enqueue,
  enqueue,
  enqueue,
  release,
  release,
  place.map((place) =>
    command(`enqueueTest(${place.endpoint})`, ({ queue, model }) => {
      const entry = queue.enqueueTest(place);
      expect(entry !== null).toBe(model.mayTestWait(place));
      if (entry) model.wait(entry, place);
    }),
  ),
  fc.tuple(number, tookMs).map(([number, tookMs]) =>
    command(`end(${number}, ${tookMs})`, ({ queue, model }) => {
      const entry = some([...model.running, ...model.released], number);
      if (!entry) return;
      const isAmple = queue.end(entry, tookMs);
      model.release(entry, tookMs);
      model.end(entry);
      expect(isAmple).toBe(model.isAmple(entry.queue.place));
    }),
  ),
  number.map((number) =>
    command(`leave(${number})`, ({ queue, model }) => {
      const entry = some(model.tests, number);
      if (!entry) return;
      expect(queue.leave(entry)).toBe(true);
      expect(queue.leave(entry)).toBe(false);
      model.end(entry);
    }),
  ),
  fc.integer({ min: 1, max: limits.slowAfterMs }).map((ms) =>
    command(`pass(${ms})`, ({ queue, model }) => {
      model.nowMs += ms;
      queue.setSlowAside(model.nowMs);
      model.setSlowAside();
    }),
  ),
  place.map((place) =>
    command(`withdraw(${place.endpoint})`, ({ queue, model }) => {
      expect(queue.withdraw(place.endpoint)).toEqual(model.withdraw(place.endpoint));
    }),
  ),
  fc.constant(
    command('withdrawAll()', ({ queue, model }) => {
      const withdrawn = queue.withdrawAll().sort((one, other) => one - other);
      expect(withdrawn).toEqual(model.withdraw());
    }),
  ),
  fc.array(place, { maxLength: 12 }).map((places) =>
    command(`admission(${places.length})`, ({ queue, model }) => {
      const admit = queue.admission();
      expect(places.map((place) => admit(place))).toEqual(model.admitted(places));
    }),
  ),
];

it('whatever happens, bounds hold, what can begin begins, and nothing is left in the end', () => {
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 100, size: 'max' }), active, (sequence, active) => {
      const own = { ...limits, active };
      const run: Run = { queue: createFairQueue(own), model: new NaiveQueue(own) };
      fc.modelRun(() => ({ model: run.model, real: run }), sequence);
      const { queue, model } = run;
      for (let [entry] = model.held; entry; [entry] = model.held) {
        const [first = entry] = [...model.running, ...model.released];
        queue.end(first, 1);
        model.release(first, 1);
        model.end(first);
        settle(run);
      }
      expect(queue.held()).toBe(0);
      expect(queue.saturated()).toEqual({ workspaceIds: [], origins: [], endpoints: [] });
    }),
    { numRuns: 100 },
  );
});

it('of endpoints that always have something waiting, each has a turn in every few rounds', () => {
  const orders = fc.array(fc.array(number, { minLength: 1, maxLength: 8 }), {
    minLength: ROUNDS,
    maxLength: 40,
  });
  fc.assert(
    fc.property(orders, fc.array(tookMs, { minLength: 1 }), active, (orders, took, active) => {
      const queue = createFairQueue<number>({ ...limits, active });
      for (const place of places) for (let job = 1; job <= 2; job++) queue.enqueue(place, job);
      const lastTurn = new Map(places.map(({ endpoint }) => [endpoint, 0]));
      let running: NonNullable<ReturnType<typeof queue.next>>[] = [];
      const begin = (round: number) => {
        for (let entry = queue.next(0); entry; entry = queue.next(0)) {
          const { place } = entry.queue;
          lastTurn.set(place.endpoint, round);
          running.push(entry);
          queue.enqueue(place, round);
        }
      };
      begin(0);
      for (const [round, order] of orders.entries()) {
        const ending = running.map((entry, index) => ({ entry, at: order[index % order.length] ?? 0 }));
        running = [];
        for (const [index, { entry }] of ending.sort((one, other) => one.at - other.at).entries()) {
          queue.end(entry, took[(round + index) % took.length]);
          begin(round);
        }
        expect(Math.min(...lastTurn.values())).toBeGreaterThan(round - ROUNDS);
      }
    }),
    { numRuns: 200 },
  );
});
