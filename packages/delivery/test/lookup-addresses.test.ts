import {
  type AddressLookupOptions,
  createAddressLookup,
  createTargetGuard,
  LookupsBusyError,
  SilentNameError,
} from '@interview-webhooks/domain';
import { nameServer } from '@interview-webhooks/testing';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { containing } from './matchers.ts';
import { answering, httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const w = { workspaceId: 'w' };
const v = { workspaceId: 'v' };
/** Of libuv, whatever UV_THREADPOOL_SIZE says. */
const MOST_THREADS = 1_024;

/** A name server with names that it is silent about, and a look-up that asks it. */
async function world(options: AddressLookupOptions = {}) {
  const names = await nameServer({
    'good.example': [['127.0.0.1', '::1']],
    'half.example': [['127.0.0.2']],
    'half.example AAAA': ['silent'],
    'old.example': [['127.0.0.3']],
    'no-address.example': [[]],
    ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.silent.example`, ['silent']])),
  });
  let nowMs = 0;
  return {
    names,
    lookup: createAddressLookup({ servers: names.servers, nowMs: () => nowMs, ...options }),
    pass: (ms: number) => {
      nowMs += ms;
    },
    [Symbol.asyncDispose]: () => names[Symbol.asyncDispose](),
  };
}

it('finds the addresses of both families, or of the one that there is', async () => {
  await using here = await world();
  expect(await here.lookup('GOOD.example.', w)).toEqual(['127.0.0.1', '::1']);
  expect(await here.lookup('old.example', w)).toEqual(['127.0.0.3']);
  expect(await here.lookup('half.example', w)).toEqual(['127.0.0.2']);
  await expect(here.lookup('no-address.example', w)).rejects.toMatchObject({ code: 'ENODATA' });
});

describe('a name whose DNS is silent', () => {
  it('fails in time, at once for some seconds, and is then asked for again', async () => {
    await using here = await world({ timeoutMs: 50 });
    const name = 'a.silent.example';
    await expect(here.lookup(name, w)).rejects.toThrow(SilentNameError);
    await expect(here.lookup(name, v)).rejects.toThrow(SilentNameError);
    expect(here.names.asked[name]).toBe(1);
    here.pass(4_000);
    await expect(here.lookup(name, w)).rejects.toThrow(SilentNameError);
    expect(here.names.asked[name]).toBe(2);
  });

  it('is named in the attempt that fails of it', async () => {
    await using here = await world({ timeoutMs: 50 });
    await using sender = testSender({ lookup: here.lookup });
    const outcome = await sender.post('https://a.silent.example/');
    expect(outcome.error).toEqual({ code: 'dns-failed', message: containing('do not answer in time') });
  });

  it('is left with the attempt, unless another one asks for it, too', async () => {
    await using here = await world({ maxPerWorkspace: 1 });
    const [one, other] = [new AbortController(), new AbortController()];
    const name = 'a.silent.example';
    const first = here.lookup(name, { ...w, signal: one.signal });
    const second = here.lookup(name, { ...v, signal: other.signal });
    await expect.poll(() => here.names.asked[name]).toBe(1);
    one.abort(new Error('one is late'));
    await expect(first).rejects.toThrow('one is late');
    // Still under way, so the workspace that began it has no second one.
    await expect(here.lookup('good.example', w)).rejects.toThrow(LookupsBusyError);
    other.abort(new Error('the other is late'));
    await expect(second).rejects.toThrow('the other is late');
    await expect.poll(() => here.lookup('good.example', w).catch(() => 'busy')).toEqual(['127.0.0.1', '::1']);
  });
});

describe('the look-ups of one workspace', () => {
  it('are bounded: more wait for their turn, and those of others do not', async () => {
    await using here = await world({ maxPerWorkspace: 2 });
    const hanging = ['a', 'b'].map((name) => {
      const ending = new AbortController();
      const ended = here.lookup(`${name}.silent.example`, { ...w, signal: ending.signal });
      return { ending, ended: ended.catch(() => 'ended') };
    });
    const late = new AbortController();
    const third = here.lookup('c.silent.example', { ...w, signal: late.signal });
    const waiting = here.lookup('good.example', { ...w, signal: new AbortController().signal });
    expect(await here.lookup('old.example', v)).toEqual(['127.0.0.3']);
    expect(here.names.asked).toMatchObject({ 'c.silent.example': 0, 'good.example': 0 });

    late.abort();
    await expect(third).rejects.toThrow(LookupsBusyError);
    hanging[0]?.ending.abort();
    expect(await waiting).toEqual(['127.0.0.1', '::1']);
    hanging[1]?.ending.abort();
    expect(await Promise.all(hanging.map(({ ended }) => ended))).toEqual(['ended', 'ended']);
    expect(here.names.asked['c.silent.example']).toBe(0);
  });

  it('that have no turn within the deadline say so', async () => {
    await using here = await world({ maxPerWorkspace: 1 });
    await using sender = testSender({ lookup: here.lookup, deadlineMs: 100 });
    const ending = new AbortController();
    const first = here.lookup('a.silent.example', { signal: ending.signal });
    const { error } = await sender.post('https://b.silent.example/');
    expect(error).toEqual({
      code: 'queue-timeout',
      message: containing('1 other look-up of this workspace'),
    });
    ending.abort();
    await expect(first).rejects.toThrow();
  });
});

it('the check of a URL and the attempt that follows ask once', async () => {
  await using receiver = await httpReceiver(answering(200));
  await using here = await world();
  await using sender = testSender({ lookup: here.lookup });
  const guard = createTargetGuard({ allowedNetworks: [], lookup: here.lookup });
  const url = `http://old.example:${receiver.port}/`;
  expect(await guard.faultOf(url, 'w')).toContain('127.0.0.3');
  await sender.post(url);
  expect(here.names.asked['old.example']).toBe(1);

  const silent = createTargetGuard({ allowedNetworks: [], lookup: here.lookup, lookupTimeoutMs: 1 });
  await using patient = testSender({ lookup: here.lookup, deadlineMs: 100 });
  expect(await silent.faultOf('https://a.silent.example/', 'w')).toBeNull();
  expect((await patient.post('https://a.silent.example/')).error?.code).toBe('connect-timeout');
  expect(here.names.asked['a.silent.example']).toBe(1);
});

it('takes none of the threads that files and getaddrinfo are served by', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'threads-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  // Each waits on a thread for somebody to write, and there are more of them than there can be threads.
  const waiting = Array.from({ length: MOST_THREADS }, () => open(pipe, 'r'));
  try {
    await using here = await world();
    expect(await here.lookup('old.example', w)).toEqual(['127.0.0.3']);
  } finally {
    const writer = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    await Promise.all(waiting.map(async (opened) => (await opened).close()));
    closeSync(writer);
    await rm(folder, { recursive: true });
  }
});

it('the hosts file goes before DNS, and is read again when it has changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hosts-'));
  const hostsPath = join(folder, 'hosts');
  try {
    await using here = await world({ hostsPath });
    expect(await here.lookup('old.example', w)).toEqual(['127.0.0.3']);
    await writeFile(
      hostsPath,
      '# ours\n127.0.0.8\tInside.test  old.example # not 127.0.0.9\n::1 inside.test\nnonsense inside.test\n',
    );
    here.pass(1_000);
    expect(await here.lookup('inside.test', w)).toEqual(['127.0.0.8', '::1']);
    expect(await here.lookup('old.example', w)).toEqual(['127.0.0.8']);
    await rm(hostsPath);
    here.pass(2_000);
    expect(await here.lookup('old.example', w)).toEqual(['127.0.0.3']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
