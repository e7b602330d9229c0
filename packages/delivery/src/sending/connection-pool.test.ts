import { describe, expect, it } from 'vitest';
import { Client } from 'undici';
import type { Connection } from './connection.ts';
import { createConnectionPool } from './connection-pool.ts';

/** A connection without a network. */
function connection(origin: string, ageMs = 0): Connection {
  let open = true;
  return {
    client: new Client('http://127.0.0.1'),
    origin,
    remoteAddress: '127.0.0.1',
    openedAt: performance.now() - ageMs,
    expectAnswer: () => undefined,
    fault: () => null,
    isOpen: () => open,
    destroy: () => {
      open = false;
      return Promise.resolve();
    },
  };
}

const newPool = () => createConnectionPool({ maxKept: 3, maxKeptPerOrigin: 2, maxAgeMs: 60_000 });

describe('kept connections', () => {
  it('are given out once, the last used one first', () => {
    const pool = newPool();
    const [one, other] = [connection('a'), connection('a')];
    pool.keep(one);
    pool.keep(other);
    expect([pool.take('b'), pool.take('a'), pool.take('a'), pool.take('a')]).toEqual([
      null,
      other,
      one,
      null,
    ]);
  });

  it('are bounded for each origin', () => {
    const pool = newPool();
    const three = [connection('a'), connection('a'), connection('a')];
    three.forEach(pool.keep);
    expect(three.map((each) => each.isOpen())).toEqual([true, true, false]);
  });

  it('are bounded in all, and the longest idle one goes', () => {
    const pool = newPool();
    const four = ['a', 'b', 'c', 'd'].map((origin) => connection(origin));
    four.slice(0, 3).forEach(pool.keep);
    const again = pool.take('a');
    if (again) pool.keep(again);
    four.slice(3).forEach(pool.keep);
    expect(four.map((each) => each.isOpen())).toEqual([true, false, true, true]);
    expect(pool.take('b')).toBeNull();
  });

  it('are not kept beyond their age, so that DNS is asked again', () => {
    const pool = newPool();
    const old = connection('a', 61_000);
    pool.keep(old);
    expect([old.isOpen(), pool.take('a')]).toEqual([false, null]);
  });

  it('are not given out once they have ended', async () => {
    const pool = newPool();
    const [one, other, third] = [connection('a'), connection('a'), connection('b')];
    [one, other, third].forEach(pool.keep);
    await other.destroy();
    pool.forget(third);
    expect([pool.take('a'), pool.take('a'), pool.take('b')]).toEqual([one, null, null]);
  });

  it('end when the pool closes, and so does what comes back later', async () => {
    const pool = newPool();
    const [idle, busy] = [connection('a'), connection('a')];
    pool.keep(idle);
    await pool.close();
    pool.keep(busy);
    expect([idle.isOpen(), busy.isOpen(), pool.take('a')]).toEqual([false, false, null]);
  });
});
