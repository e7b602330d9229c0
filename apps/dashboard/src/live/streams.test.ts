import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStreams, type Question, type StreamEvents, type Update } from './streams.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ask = (key: string): Question => ({ key, path: 'deliveries.live', input: {} });

/** Streams whose other end is in the test's hands. */
function atHand() {
  const open = new Map<string, StreamEvents>();
  const updates: [string, Update][] = [];
  let opened = 0;
  const streams = createStreams({
    open: ({ key }, events) => {
      opened += 1;
      open.set(key, events);
      return () => open.delete(key);
    },
    onUpdate: ({ key }, update) => updates.push([key, update]),
    random: () => 1,
  });
  const at = (key: string) => {
    const events = open.get(key);
    if (!events) throw new Error(`no stream ${key}`);
    return events;
  };
  return { streams, updates, at, opened: () => opened, keys: () => [...open.keys()] };
}

test('the same question twice is one stream, and what nobody asks any more ends', () => {
  const { streams, keys, opened } = atHand();
  streams.watch([ask('a'), ask('a'), ask('b')]);
  expect(keys()).toEqual(['a', 'b']);
  streams.watch([ask('b')]);
  expect(keys()).toEqual(['b']);
  expect(opened()).toBe(2);
});

test('connections of the browser are left for calls: further questions wait for a place', () => {
  const { streams, keys } = atHand();
  const questions = ['a', 'b', 'c', 'd', 'e'].map(ask);
  streams.watch(questions);
  expect(keys()).toEqual(['a', 'b', 'c']);
  expect(streams.known(ask('d'))).toEqual([{ live: false }]);
  streams.watch(questions.slice(1));
  expect(keys()).toEqual(['b', 'c', 'd']);
});

test('one that ends is opened again, later each time, and at once when it has worked', () => {
  const { streams, updates, at, opened } = atHand();
  streams.watch([ask('a')]);
  for (const [index, waitMs] of [1_000, 2_000, 4_000, 8_000, 15_000, 15_000].entries()) {
    at('a').onEnd();
    vi.advanceTimersByTime(waitMs - 1);
    expect(opened()).toBe(index + 1);
    vi.advanceTimersByTime(1);
    expect(opened()).toBe(index + 2);
  }
  at('a').onLive();
  at('a').onEnd();
  vi.advanceTimersByTime(1_000);
  expect(opened()).toBe(8);
  expect(updates.slice(-2)).toEqual([
    ['a', { live: true }],
    ['a', { live: false }],
  ]);
});

test('who comes later learns what is known, but nothing that may be out of date', () => {
  const { streams, at } = atHand();
  streams.watch([ask('a')]);
  at('a').onLive();
  at('a').onData('rows');
  expect(streams.known(ask('a'))).toEqual([{ data: 'rows' }, { live: true }]);
  at('a').onEnd();
  expect(streams.known(ask('a'))).toEqual([{ live: false }]);
});

test('nothing is opened again after the end', () => {
  const { streams, at, opened, keys } = atHand();
  streams.watch([ask('a'), ask('b')]);
  at('a').onEnd();
  streams.close();
  vi.advanceTimersByTime(60_000);
  expect(opened()).toBe(2);
  expect(keys()).not.toContain('b');
});
