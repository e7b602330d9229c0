import { expect, it } from 'vitest';
import { createCommittedReads } from './committed-reads.ts';
import { isDatabaseUnavailable } from './errors.ts';

interface Member {
  address: string;
  electionId: { toHexString(): string };
  type: string;
}

const primaryAt = (address: string, term: number) => {
  const member: Member = { address, type: 'RSPrimary', electionId: { toHexString: () => String(term) } };
  // All that is looked at.
  return { servers: new Map([[address, member]]) } as never;
};
const helloOf = (term: number, committed: number) => ({
  isWritablePrimary: true,
  lastWrite: { opTime: { t: term }, majorityOpTime: { t: committed } },
});

it('asks a server that is alone for nothing special, and looks at nothing before', async () => {
  const reads = createCommittedReads(() => Promise.reject(new Error('asked')));
  reads.begin(true);
  expect(await reads.read((options) => Promise.resolve(options))).toEqual({});
});

it('waits until a new primary has committed something itself, and asks that once', async () => {
  const hellos = [helloOf(2, 1), helloOf(2, 1), helloOf(2, 2)];
  const reads = createCommittedReads(() => Promise.resolve(hellos.shift() ?? {}));
  reads.begin(false);
  const options = { readConcern: { level: 'majority' } };
  expect(await reads.read((given) => Promise.resolve(given))).toEqual(options);
  expect(hellos).toEqual([]);
  hellos.push(helloOf(2, 1));
  expect(await reads.read((given) => Promise.resolve(given))).toEqual(options);
  expect(hellos.length).toBe(1);
});

it('a primary that has no majority is a database that is away', async () => {
  const reads = createCommittedReads(() => Promise.resolve(helloOf(2, 1)));
  reads.begin(false);
  const error: unknown = await reads.read(() => Promise.resolve()).catch((thrown: unknown) => thrown);
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it('asks again where the primary has changed meanwhile', async () => {
  const reads = createCommittedReads(() => Promise.resolve(helloOf(1, 1)));
  reads.begin(false);
  reads.noteTopology(primaryAt('a:1', 1));
  const answers = ['from the one before', 'from the new one'];
  const answer = await reads.read(() => {
    if (answers.length === 2) reads.noteTopology(primaryAt('b:1', 2));
    return Promise.resolve(answers.shift());
  });
  expect(answer).toBe('from the new one');
});
