import { describe, expect, it } from 'vitest';
import type { LaneLimits } from './engine-options.ts';
import { createLanes } from './lanes.ts';
import { placeAt } from './stock.ts';

interface TestJob {
  endpoint: string;
  name: string;
}

const limits: LaneLimits = {
  active: 4,
  activePerWorkspace: 3,
  perOrigin: 3,
  perEndpoint: 2,
  slowAfterMs: 1_000,
  slow: 3,
  slowPerWorkspace: 2,
  held: 20,
  heldPerWorkspace: 12,
  heldPerOrigin: 10,
  heldPerEndpoint: 8,
  waitingTestsPerWorkspace: 2,
};

/** Lanes whose jobs end when the test says so. */
function world(own: Partial<LaneLimits> = {}) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const frees = new Map<string, () => void>();
  let nowMs = 0;
  let roomTold = 0;
  const lanes = createLanes<TestJob>({
    limits: { ...limits, ...own },
    placeOf: ({ endpoint }) => placeAt(endpoint),
    run: ({ name }, free) => {
      begun.push(name);
      frees.set(name, free);
      return new Promise((resolve) => ends.set(name, resolve));
    },
    onRoom: () => roomTold++,
    nowMs: () => nowMs,
  });
  return {
    lanes,
    begun,
    roomTold: () => roomTold,
    add: (workspaceId: string, endpoint: string, count: number) => {
      for (let index = 1; index <= count; index++) {
        lanes.add({
          endpoint: `${workspaceId} ${endpoint}`,
          name: `${workspaceId}${endpoint}${index}`,
        });
      }
    },
    free: (name: string) => frees.get(name)?.(),
    end: async (name: string) => {
      ends.get(name)?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    pass: (ms: number) => {
      nowMs += ms;
      lanes.setSlowAside();
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
    const { add, begun, end, free, lanes } = world({ heldPerEndpoint: 4 });
    add('w', 'a', 4);
    free('wa1');
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    // It is held until it is recorded.
    expect(lanes.chooser()(placeAt('w a'))).toBe(false);
    await end('wa1');
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    expect(lanes.chooser()(placeAt('w a'))).toBe(true);
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

  it('and room that one lane has no use for is another one’s', async () => {
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

  it('in all, and then every lane has its turn', async () => {
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

describe('fetching', () => {
  it('is for places with room only', () => {
    const { lanes, add } = world();
    add('w', 'a', 6);
    const choose = lanes.chooser();
    const place = placeAt('w a');
    expect([1, 2, 3].map(() => choose(place))).toEqual([true, true, false]);
    expect(choose(placeAt('w b'))).toBe(true);
    expect(lanes.crowded()).toEqual({ workspaceIds: [], origins: ['w a'], endpoints: ['w a'] });
    expect(lanes.room()).toBe(14);
  });

  it('is worth while again once half of it is done', async () => {
    const { add, end, roomTold } = world();
    add('w', 'a', 6);
    await end('wa1');
    expect(roomTold()).toBe(0);
    await end('wa2');
    expect(roomTold()).toBe(1);
  });
});

describe('a test', () => {
  const never = new AbortController().signal;

  it('goes before jobs that wait, and counts like one of them', async () => {
    const { lanes, add, begun, end } = world();
    add('w', 'a', 4);
    let turn: (() => void) | undefined;
    const asked = lanes.turn(placeAt('w a'), never).then((got) => {
      if (typeof got !== 'string') turn = got;
    });
    await end('wa1');
    await asked;
    expect(begun).toEqual(['wa1', 'wa2']);
    turn?.();
    expect(begun).toEqual(['wa1', 'wa2', 'wa3']);
    expect(lanes.withdraw('w a').map(({ name }) => name)).toEqual(['wa4']);
  });

  it('that is late, or one too many, has no turn', async () => {
    const { lanes, add } = world();
    add('w', 'a', 2);
    const late = new AbortController();
    const [one, other] = [lanes.turn(placeAt('w a'), late.signal), lanes.turn(placeAt('w a'), never)];
    expect(await lanes.turn(placeAt('w b'), never)).toBe('crowded');
    expect(typeof (await lanes.turn(placeAt('v a'), never))).toBe('function');
    late.abort();
    expect(await one).toBe('late');
    expect(typeof (await lanes.turn(placeAt('w b'), never))).toBe('function');
    expect(lanes.room()).toBe(20 - 5);
    void other;
  });
});

it('what waits can be taken back, what runs is waited for', async () => {
  const { lanes, add, begun, end } = world();
  add('w', 'a', 4);
  expect(lanes.withdraw('w a').map(({ name }) => name)).toEqual(['wa3', 'wa4']);
  let idle = false;
  const wait = lanes.idle().then(() => (idle = true));
  await end('wa1');
  expect(idle).toBe(false);
  await end('wa2');
  await wait;
  expect(begun).toEqual(['wa1', 'wa2']);
  expect(lanes.room()).toBe(20);
});
