import { describe, expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

/** A server that takes `wayMs` for the question and as long for the answer. */
function serverWith({ aheadMs, wayMs = 1 }: { aheadMs: number; wayMs?: number }) {
  let local = 1_000_000;
  return {
    localMs: () => local,
    advance: (ms: number) => (local += ms),
    ask: () => {
      local += wayMs;
      const serverMs = local + aheadMs;
      local += wayMs;
      return Promise.resolve(serverMs);
    },
  };
}

describe('the time of the server', () => {
  it.each([60_000, -60_000])('is kept on a machine whose clock is off by %i ms', async (aheadMs) => {
    const server = serverWith({ aheadMs });
    const clock = createServerClock(server.ask, server.localMs);
    expect(clock.now().getTime()).toBe(server.localMs());
    await clock.start();
    server.advance(5_000);
    expect(clock.now().getTime()).toBe(server.localMs() + aheadMs);
    expect(clock.aheadMs()).toBe(aheadMs);
    clock.stop();
  });

  it('is not made to tremble by the way there and back', async () => {
    const server = serverWith({ aheadMs: 40 });
    const clock = createServerClock(server.ask, server.localMs);
    await clock.start();
    expect(clock.aheadMs()).toBe(0);
    clock.stop();
  });

  it.each([
    ['is not taken from an answer that took too long', 500, 0],
    [
      'is taken from one that took long, where that does not explain how far off this machine is',
      60_000,
      60_000,
    ],
  ])('%s', async (_what, aheadMs, expected) => {
    const server = serverWith({ aheadMs, wayMs: 600 });
    const clock = createServerClock(server.ask, server.localMs);
    await clock.start();
    expect(clock.aheadMs()).toBe(expected);
    clock.stop();
  });
});
