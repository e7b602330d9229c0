import { expect, it } from 'vitest';
import { createKept } from './kept.ts';

const now = () => performance.now();

it('gives what was kept while what it rests on is the same, and nothing where nothing may be used', () => {
  const kept = createKept();
  const document = { name: 'x' };
  kept.put('one', '1 7', { document, readAt: now() });
  expect(kept.get('one', '1 7')).toBe(document);
  expect(kept.get('one', '1 8')).toBeUndefined();
  expect(kept.get('one', undefined)).toBeUndefined();
  expect(kept.get('another', '1 7')).toBeUndefined();
});

it('keeps nothing that rests on nothing, and does not give it where nothing may be used', () => {
  const kept = createKept();
  kept.put('one', undefined, { document: {}, readAt: now() });
  expect(kept.size()).toBe(0);
  expect(kept.get('one', undefined)).toBeUndefined();
});

it('lets go of what was read five seconds ago', () => {
  const kept = createKept();
  kept.put('one', '1 7', { document: {}, readAt: now() - 5_000 });
  expect(kept.get('one', '1 7')).toBeUndefined();
  kept.put('one', '1 7', { document: {}, readAt: now() - 4_000 });
  expect(kept.get('one', '1 7')).toBeDefined();
});

it('is bounded in entries and in bytes', () => {
  const few = createKept({ maxEntries: 10 });
  for (let n = 0; n < 1_000; n++) few.put(String(n), '1 1', { document: { n }, readAt: now() });
  expect(few.size()).toBe(10);
  const small = createKept({ maxBytes: 100_000 });
  const text = 'x'.repeat(9_000);
  for (let n = 0; n < 1_000; n++) small.put(String(n), '1 1', { document: { n, text }, readAt: now() });
  expect(small.size()).toBe(11);
  expect(small.get('999', '1 1')).toBeDefined();
  // What is larger than all of it is not kept, and puts nothing else out.
  small.put('huge', '1 1', { document: { text: 'x'.repeat(200_000) }, readAt: now() });
  expect(small.get('huge', '1 1')).toBeUndefined();
  expect(small.size()).toBe(11);
});
