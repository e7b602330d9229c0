import { describe, expect, it } from 'vitest';
import type { ScheduleLimits } from './limits.ts';
import { placeAt } from './place.ts';
import { createScheduler, type Release } from './scheduler.ts';

interface TestJob {
  endpoint: string;
  name: string;
}

const limits: ScheduleLimits = {
  active: 4,
  activePerWorkspace: 3,
  perOrigin: 3,
  perEndpoint: 2,
  perQuickEndpoint: 2,
  quickMs: 100,
  slowAfterMs: 1_000,
  slow: 3,
  slowPerWorkspace: 2,
  held: 20,
  heldPerWorkspace: 12,
  heldPerOrigin: 10,
  heldPerEndpoint: 8,
  heldPerQuickEndpoint: 8,
  waitingTestsPerWorkspace: 2,
};

/** A scheduler whose jobs end when the test says so. */
function world(own: Partial<ScheduleLimits> = {}) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const releases = new Map<string, Release>();
  let nowMs = 0;
  let capacityNoted = 0;
  const schedule = createScheduler<TestJob>({
    limits: { ...limits, ...own },
    placeOf: ({ endpoint }) => placeAt(endpoint),
    run: ({ name }, release) => {
      begun.push(name);
      releases.set(name, release);
      return new Promise((resolve) => ends.set(name, resolve));
    },
    onCapacity: () => capacityNoted++,
    nowMs: () => nowMs,
  });
  return {
    schedule,
    begun,
    capacityNoted: () => capacityNoted,
    add: (workspaceId: string, endpoint: string, count: number) => {
      for (let index = 1; index <= count; index++) {
        schedule.add({
          endpoint: `${workspaceId} ${endpoint}`,
          name: `${workspaceId}${endpoint}${index}`,
        });
      }
    },
    release: (name: string, tookMs?: number) => releases.get(name)?.(tookMs),
    end: async (name: string) => {
      ends.get(name)?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    pass: (ms: number) => {
      nowMs += ms;
      schedule.setSlowAside();
    },
  };
}

describe('attempts at a time are bounded', () => {
  it('for each endpoint', async () => {
    const { add, begun, end } = world();
    add('w', 'a', 4);
    expect(begun).toEqual(['wa1', 'wa2']);
    await end('wa1');
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
  });

  it('and one that only has to be recorded has left its place to another', async () => {
    const { add, begun, end, release, schedule } = world({ heldPerEndpoint: 4 });
    add('w', 'a', 4);
    release('wa1');
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    // It is held until it is recorded.
    expect(schedule.admission()(placeAt('w a'))).toBe(false);
    await end('wa1');
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    expect(schedule.admission()(placeAt('w a'))).toBe(true);
  });

  it('for each origin, whatever its endpoints, and then each of them has its turn', async () => {
    const { add, begun, end } = world({ activePerWorkspace: 4 });
    for (const path of ['a', 'b', 'c', 'd']) add('w', `https://x.test/${path}`, 1);
    add('w', 'https://y.test/a', 1);
    const ofX = (path: string) => `whttps://x.test/${path}1`;
    expect(begun).toEqual([ofX('a'), ofX('b'), ofX('c'), 'whttps://y.test/a1']);
    await end(ofX('b'));
    expect(begun.at(-1)).toBe(ofX('d'));
  });

  it('and room that one queue has no use for is another one’s', async () => {
    const { add, begun, end } = world({ active: 10, perOrigin: 1 });
    for (const url of ['https://x.test/a', 'https://y.test/a', 'https://z.test/a']) add('w', url, 1);
    // Both wait for the workspace; the first one's origin is busy, too.
    add('w', 'https://x.test/b', 1);
    add('w', 'https://v.test/a', 1);
    await end('whttps://y.test/a1');
    expect(begun.at(-1)).toBe('whttps://v.test/a1');
    await end('whttps://x.test/a1');
    expect(begun.at(-1)).toBe('whttps://x.test/b1');
  });

  it('for each workspace, whatever its endpoints', async () => {
    const { add, begun, end } = world();
    for (const endpoint of ['a', 'b', 'c', 'd']) add('w', endpoint, 1);
    expect(begun).toEqual(['wa1', 'wb1', 'wc1']);
    await end('wb1');
    expect(begun.at(-1)).toBe('wd1');
  });

  it('in all, and then every endpoint has its turn', async () => {
    const { add, begun, end } = world();
    add('v', 'a', 3);
    add('w', 'a', 3);
    add('x', 'a', 1);
    expect(begun).toEqual(['va1', 'va2', 'wa1', 'wa2']);
    await end('va1');
    await end('wa1');
    await end('wa2');
    expect(begun.slice(4)).toEqual(['xa1', 'va3', 'wa3']);
  });
});

describe('an endpoint that waits has its turn', () => {
  it('before one that has all that it may, when a place of the workspace becomes free', async () => {
    const { add, begun, end } = world({ active: 10, activePerWorkspace: 4 });
    add('w', 'a', 4);
    add('w', 'b', 4);
    add('w', 'c', 1);
    expect(begun).toEqual(['wa1', 'wa2', 'wb1', 'wb2']);
    await end('wa1');
    expect(begun.at(-1)).toBe('wc1');
  });

  it('when the one that was called before it has been withdrawn', async () => {
    const { add, begun, end, schedule } = world({ active: 2, activePerWorkspace: 1 });
    add('w', 'a', 1);
    add('w', 'b', 1);
    add('w', 'c', 1);
    for (const workspace of ['v', 'x', 'y']) add(workspace, 'a', 1);
    expect(begun).toEqual(['wa1', 'va1']);
    // The place goes to another workspace; the one of this workspace is for `b`, which is not there any more.
    await end('wa1');
    schedule.withdraw('w b');
    await end('va1');
    await end('xa1');
    expect(begun).toEqual(['wa1', 'va1', 'xa1', 'wc1', 'ya1']);
  });
});

describe('an endpoint that responds quickly', () => {
  const own = { active: 20, activePerWorkspace: 20, perOrigin: 20, perQuickEndpoint: 4 };

  it('has more attempts at a time, once as many as others have were quick', async () => {
    const { add, begun, release, end } = world(own);
    add('w', 'a', 8);
    release('wa1', 100);
    await end('wa1');
    expect(begun).toHaveLength(3);
    release('wa2', 100);
    expect(begun).toHaveLength(6);
  });

  it('is like any other as soon as one attempt is slow, or not received', () => {
    for (const tookMs of [101, undefined]) {
      const { add, begun, release } = world({ ...own, heldPerEndpoint: 20 });
      add('w', 'a', 12);
      for (const name of ['wa1', 'wa2']) release(name, 5);
      expect(begun).toHaveLength(6);
      release('wa3', tookMs);
      release('wa4', 5);
      expect(begun).toHaveLength(6);
      release('wa5', 5);
      expect(begun).toHaveLength(9);
    }
  });

  it('is like any other while one of its attempts waits long', () => {
    const { add, begun, release, pass } = world({ ...own, heldPerEndpoint: 20 });
    add('w', 'a', 3);
    pass(1_000);
    for (const name of ['wa1', 'wa3']) release(name, 5);
    add('w', 'a', 5);
    expect(begun).toHaveLength(4);
    release('wa2');
    expect(begun).toHaveLength(5);
  });

  it('may have more of it held', () => {
    const { add, schedule, release } = world({ ...own, heldPerEndpoint: 6, heldPerQuickEndpoint: 8 });
    add('w', 'a', 6);
    expect(schedule.admission()(placeAt('w a'))).toBe(false);
    expect(schedule.saturated().endpoints).toEqual(['w a']);
    for (const name of ['wa1', 'wa2']) release(name, 5);
    const admit = schedule.admission();
    expect([1, 2, 3].map(() => admit(placeAt('w a')))).toEqual([true, true, false]);
  });
});

describe('what waits long for its receiver', () => {
  it('makes room for others, but for no more of its own endpoint', () => {
    const { add, begun, pass } = world();
    add('w', 'hung', 4);
    add('w', 'a', 1);
    add('w', 'b', 1);
    expect(begun).toEqual(['whung1', 'whung2', 'wa1']);
    pass(1_000);
    expect(begun).toEqual(['whung1', 'whung2', 'wa1', 'wb1']);
  });

  it('goes on counting for a workspace that has more of it than its share', () => {
    const { add, begun, pass } = world({ slowPerWorkspace: 1 });
    for (const endpoint of ['a', 'b', 'c', 'd', 'e']) add('w', endpoint, 1);
    pass(1_000);
    expect(begun).toEqual(['wa1', 'wb1', 'wc1', 'wd1']);
  });
});

describe('claiming', () => {
  it('is for places with capacity only', () => {
    const { schedule, add } = world();
    add('w', 'a', 6);
    const admit = schedule.admission();
    const place = placeAt('w a');
    expect([1, 2, 3].map(() => admit(place))).toEqual([true, true, false]);
    expect(admit(placeAt('w b'))).toBe(true);
    expect(schedule.saturated()).toEqual({ workspaceIds: [], origins: ['w a'], endpoints: ['w a'] });
    expect(schedule.capacity()).toBe(14);
  });

  it('is worth while again once half of it is done', async () => {
    const { add, end, capacityNoted } = world();
    add('w', 'a', 6);
    await end('wa1');
    expect(capacityNoted()).toBe(0);
    await end('wa2');
    expect(capacityNoted()).toBe(1);
  });
});

describe('a test', () => {
  const never = new AbortController().signal;

  it('goes before jobs that wait, and counts like one of them', async () => {
    const { schedule, add, begun, end } = world();
    add('w', 'a', 4);
    let turn: (() => void) | undefined;
    const asked = schedule.turn(placeAt('w a'), never).then((got) => {
      if (typeof got !== 'string') turn = got;
    });
    await end('wa1');
    await asked;
    expect(begun).toEqual(['wa1', 'wa2']);
    turn?.();
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    expect(schedule.withdraw('w a').map(({ name }) => name)).toEqual(['wa4']);
  });

  it('whose caller has left before it waits has no turn', async () => {
    const { schedule } = world();
    expect(await schedule.turn(placeAt('w a'), AbortSignal.abort())).toBe('late');
    expect(schedule.capacity()).toBe(20);
  });

  it('that is late, or one too many, has no turn', async () => {
    const { schedule, add } = world();
    add('w', 'a', 2);
    const late = new AbortController();
    const [one, other] = [schedule.turn(placeAt('w a'), late.signal), schedule.turn(placeAt('w a'), never)];
    expect(await schedule.turn(placeAt('w b'), never)).toBe('queue-full');
    expect(typeof (await schedule.turn(placeAt('v a'), never))).toBe('function');
    late.abort();
    expect(await one).toBe('late');
    expect(typeof (await schedule.turn(placeAt('w b'), never))).toBe('function');
    expect(schedule.capacity()).toBe(20 - 5);
    void other;
  });
});

it('what waits can be taken back, what runs is waited for', async () => {
  const { schedule, add, begun, end } = world();
  add('w', 'a', 4);
  expect(schedule.withdraw('w a').map(({ name }) => name)).toEqual(['wa3', 'wa4']);
  let idle = false;
  const wait = schedule.idle().then(() => (idle = true));
  await end('wa1');
  expect(idle).toBe(false);
  await end('wa2');
  await wait;
  expect(begun).toEqual(['wa1', 'wa2']);
  expect(schedule.capacity()).toBe(20);
});
