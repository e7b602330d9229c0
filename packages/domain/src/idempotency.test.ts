import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from './context.ts';
import { ConflictError } from './errors.ts';
import { createOnce } from './idempotency.ts';
import { testWorld, type TestWorld } from './testing/test-context.ts';

const DAY_MS = 24 * 60 * 60_000;

let world: TestWorld;
let context: Context;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  context = { ...world.newWorkspace(), idempotencyKey: 'k' };
});

/** A use case that keeps what it creates, and refuses for as long as it is told to. */
function useCase() {
  const made = new Map<string, unknown>();
  const state = { refuses: false, before: () => Promise.resolve() };
  const run = (input: unknown) =>
    createOnce(context, {
      operation: 'test',
      input,
      create: async (id) => {
        await state.before();
        if (state.refuses) throw new ConflictError('not now');
        made.set(id.toHexString(), input);
        return id.toHexString();
      },
      find: (id) => Promise.resolve(made.has(id.toHexString()) ? id.toHexString() : null),
    });
  return { made, state, run };
}

const used = { faults: [{ path: 'Idempotency-Key' }] };

describe('an Idempotency-Key', () => {
  it('is free for another request after a refusal, and taken after a success', async () => {
    const { state, run, made } = useCase();
    state.refuses = true;
    await expect(run({ name: 'wrong' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(run({ name: 'wrong' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await context.database.idempotencyKeys.countDocuments()).toBe(0);
    state.refuses = false;
    const id = await run({ name: 'right' });
    await expect(run({ name: 'other' })).rejects.toMatchObject(used);
    await expect(run({ name: 'other' })).rejects.toMatchObject(used);
    expect(await run({ name: 'right' })).toBe(id);
    expect(made.size).toBe(1);
  });

  it('stays taken where one of two requests at once is refused and the other creates', async () => {
    const { state, run, made } = useCase();
    const arrived: (() => void)[] = [];
    state.before = () =>
      new Promise((resolve) => {
        arrived.push(resolve);
      });
    const both = [run({}), run({})];
    const settled = Promise.allSettled(both);
    await expect.poll(() => arrived.length).toBe(2);
    state.refuses = true;
    arrived[0]?.();
    await Promise.race(both).catch(() => undefined);
    state.refuses = false;
    arrived[1]?.();
    await settled;
    expect(made.size).toBe(1);
    state.before = () => Promise.resolve();
    expect(await run({})).toBe([...made.keys()][0]);
    expect(made.size).toBe(1);
  });

  it('does not mind the order of keys, at any depth, and does mind that of lists', async () => {
    const { run, made } = useCase();
    const id = await run({ a: 1, metadata: { x: [{ p: 1, q: 2 }], y: null } });
    expect(await run({ metadata: { y: null, x: [{ q: 2, p: 1 }] }, a: 1 })).toBe(id);
    await expect(run({ a: 1, metadata: { x: [{ p: 1 }, { q: 2 }], y: null } })).rejects.toMatchObject(used);
    expect(made.size).toBe(1);
  });

  it('ends after a day, whether it was removed or not', async () => {
    const { run, made } = useCase();
    await run({ name: 'first' });
    world.advance(DAY_MS - 1);
    await expect(run({ name: 'second' })).rejects.toMatchObject(used);
    world.advance(1);
    await run({ name: 'second' });
    expect(made.size).toBe(2);
  });

  it('of the version before is known again, and never given back once something was created', async () => {
    const { run, made, state } = useCase();
    const input = { b: 1, a: 2 };
    const id = await run(input);
    await context.database.idempotencyKeys.updateMany({}, { $unset: { canonicalHash: 1, holders: 1 } });
    expect(await run(input)).toBe(id);
    state.refuses = true;
    await expect(run({ a: 3 })).rejects.toMatchObject(used);
    expect(await run(input)).toBe(id);
    expect(made.size).toBe(1);
  });
});
