import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSharedPolls } from './shared-polls.ts';

/** Something that can be read and changed; tells when it is read. */
function something(value: string) {
  const read = new EventTarget();
  const self = {
    value,
    reads: 0,
    failure: undefined as Error | undefined,
    read: () => {
      self.reads += 1;
      read.dispatchEvent(new Event('read'));
      return self.failure ? Promise.reject(self.failure) : Promise.resolve(self.value);
    },
    nextRead: () => once(read, 'read'),
  };
  return self;
}

const polls = () => createSharedPolls<string>({ everyMs: 2 });
const forever = () => new AbortController().signal;

it('gives what is there, and then only what is new', async () => {
  const { watch } = polls();
  const thing = something('a');
  const watching = watch('k', thing.read, forever());
  expect((await watching.next()).value).toBe('a');
  await thing.nextRead();
  await thing.nextRead();
  thing.value = 'b';
  expect((await watching.next()).value).toBe('b');
  await watching.return(undefined as never);
});

it('looks once for all who watch the same, and no more when nobody does', async () => {
  const shared = polls();
  const thing = something('a');
  const ends = new AbortController();
  const watching = Array.from({ length: 5 }, () => shared.watch('k', thing.read, ends.signal));
  const other = shared.watch('other', thing.read, ends.signal);
  expect(await Promise.all(watching.map(async (one) => (await one.next()).value))).toEqual(
    Array(5).fill('a'),
  );
  await other.next();
  expect(shared.size()).toBe(2);
  const waiting = [...watching, other].map((one) => one.next());
  ends.abort();
  for (const one of waiting) await expect(one).rejects.toMatchObject({ name: 'AbortError' });
  while (shared.size() > 0) await pause(1);
  const { reads } = thing;
  await pause(10);
  expect(thing.reads).toBe(reads);
});

it('who is slow skips what has changed again', async () => {
  const { watch } = polls();
  const thing = something('a');
  const [quick, slow] = [watch('k', thing.read, forever()), watch('k', thing.read, forever())];
  await Promise.all([quick.next(), slow.next()]);
  for (thing.value of ['b', 'c', 'd']) expect((await quick.next()).value).toBe(thing.value);
  expect((await slow.next()).value).toBe('d');
  await Promise.all([quick.return(undefined as never), slow.return(undefined as never)]);
});

it('tells everybody that it cannot look, and looks again for who comes back', async () => {
  const { watch } = polls();
  const thing = something('a');
  const watching = [watch('k', thing.read, forever()), watch('k', thing.read, forever())];
  await Promise.all(watching.map((one) => one.next()));
  thing.failure = new Error('unreachable');
  for (const one of watching) await expect(one.next()).rejects.toThrow('unreachable');
  thing.failure = undefined;
  const again = watch('k', thing.read, forever());
  expect((await again.next()).value).toBe('a');
  await again.return(undefined as never);
});
