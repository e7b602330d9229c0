import {
  apiClient,
  isLocalMode,
  readDatabaseAddress,
  systemProcess,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const path = '/ai-interviews/settings/webhooks';
const address = /http:\/\/127\.0\.0\.1:\d+/;
const update = { webhooks: { start: { status: true, url: 'https://example.com/kept' } } };

let dataDir: string;
const running: SystemProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-process-'));
});
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill('SIGKILL');
    await server.exited;
  }
  while (!(await engineIsGone())) await pause(20);
  // The engine forgets its address a moment before its last file is closed.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

function start(env: Record<string, string> = {}): SystemProcess {
  return startWith({ DATA_DIR: dataDir, ...env });
}

function startWith(env: Record<string, string>): SystemProcess {
  const server = systemProcess({ env });
  running.push(server);
  return server;
}

async function engineIsGone(): Promise<boolean> {
  const { pid } = await readDatabaseAddress(dataDir).catch(() => ({ pid: undefined }));
  if (pid === undefined) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

function call(url: string, key: string, body?: unknown) {
  return apiClient(url, key).call(body ? 'POST' : 'GET', path, { body });
}

describe('a first start', () => {
  it.runIf(isLocalMode)(
    'prints the address, the key and a request that works when pasted; the next start does not show the key',
    async () => {
      const first = start();
      const [url] = await first.printed(address);
      await first.printed(/curl/);
      const key = /iwk_[\w-]{43}/.exec(first.stdout())?.[0] ?? '';
      expect(first.stdout()).toContain(`curl -X POST ${url}${path}`);
      expect(first.stdout()).toContain(`-H 'apiKey: ${key}'`);
      expect(first.stderr()).not.toContain(key);
      const pasted = /-d '(.*)'/.exec(first.stdout())?.[1] ?? '';
      expect(await call(url, key, JSON.parse(pasted))).toMatchObject({ status: 200 });
      expect((await stat(join(dataDir, 'secret.keys'))).mode & 0o777).toBe(0o600);

      first.kill('SIGTERM');
      expect(await first.exited).toEqual({ code: 0, signal: null });
      expect(await engineIsGone()).toBe(true);

      const second = start();
      const [secondUrl] = await second.printed(address);
      await second.printed(/curl/);
      expect(second.stdout()).not.toContain(key.slice(0, 12));
      expect((await call(secondUrl, key)).text).toContain('"username":"user"');
    },
  );

  it('loses nothing that was acknowledged to a kill -9', async () => {
    const key = 'given-by-the-operator-32-characters-long';
    const first = start({ BOOTSTRAP_API_KEY: key });
    const [url] = await first.printed(address);
    await first.printed(/curl/);
    expect((await call(url, key, update)).status).toBe(200);
    first.kill('SIGKILL');
    await first.exited;

    const second = start({ BOOTSTRAP_API_KEY: key });
    const [secondUrl] = await second.printed(address);
    await second.printed(/curl/);
    expect((await call(secondUrl, key)).text).toContain('https://example.com/kept');
    expect(first.stdout() + second.stdout()).not.toContain(key);
  });
});

it('two servers share one data directory, and lose no update between them', async () => {
  const key = 'given-by-the-operator-32-characters-long';
  const servers = [start({ BOOTSTRAP_API_KEY: key }), start({ BOOTSTRAP_API_KEY: key })];
  const urls = await Promise.all(
    servers.map(async (server) => {
      await server.printed(/curl/);
      return (await server.printed(address))[0];
    }),
  );
  await call(urls[0] ?? '', key, {
    webhooks: { auth: { type: 'basic', basic: { username: 'u', password: 'p' } } },
  });
  const updates = Array.from({ length: 50 }, (_, index) => ({
    webhooks: [
      { start: { url: `https://example.com/${index}` } },
      { submission: { url: `https://example.com/${index}` } },
      { auth: { basic: { username: `user-${index}` } } },
      { start: { status: true, url: `https://example.com/${index}` } },
      { auth: { basic: { password: `password-${index}` } } },
    ][index % 5],
  }));
  const answers = await Promise.all(updates.map((body, index) => call(urls[index % 2] ?? '', key, body)));
  expect(answers.map(({ status }) => status)).toEqual(updates.map(() => 200));

  const response = await fetch(`${urls[0]}/trpc/settings.history?input={"limit":100}`, {
    headers: { apiKey: key },
  });
  const { result } = (await response.json()) as {
    result: { data: { data: { revision: number; webhooks: unknown }[] } };
  };
  expect(result.data.data.map(({ revision }) => revision)).toEqual(
    Array.from({ length: 51 }, (_, index) => 51 - index),
  );
  const newest = JSON.stringify(result.data.data[0]);
  expect(newest).toMatch(
    /"start":\{"status":true,"url":"https:\/\/example.com\/\d+"\},"submission":\{"status":false,"url":"https:\/\/example.com\/\d+"\}/,
  );
  expect(newest).toMatch(/"username":"user-\d+"/);
});

describe('stopping', () => {
  it('finishes the request in flight, takes no new one, and is gone within ten seconds', async () => {
    const key = 'given-by-the-operator-32-characters-long';
    const server = start({ BOOTSTRAP_API_KEY: key });
    const [url] = await server.printed(address);
    await server.printed(/curl/);
    const body = JSON.stringify(update);
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        apiKey: key,
        'content-type': 'application/json',
        'content-length': body.length,
        // Answered when the server has the headers: from then on the request is in flight.
        expect: '100-continue',
      };
      const slow = request(url + path, { method: 'POST', headers });
      slow.on('error', reject);
      slow.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      slow.on('continue', () => {
        server.kill('SIGTERM');
        void server.logged(/stopping/).then(() => slow.end(body));
      });
      slow.flushHeaders();
    });
    expect(await answered).toBe(200);
    const began = performance.now();
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('an environment that cannot be used stops the start with a line for each mistake', () => {
  it.each([
    [
      { PORT: 'http', LOG_LEVEL: 'loud' },
      [
        'PORT must be a whole number from 0 to 65535',
        'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
      ],
    ],
    [{ MONGODB_URI: 'mongodb://db.example' }, ['SECRET_KEYS is required with MONGODB_URI']],
    [
      { MONGODB_URI: 'postgres://db', SECRET_KEYS: 'a:b3Blbg==' },
      [
        'MONGODB_URI must begin with mongodb:// or mongodb+srv://',
        'SECRET_KEYS entry 1 ("a") must hold 32 bytes, not 4',
      ],
    ],
    [
      {
        MONGODB_URI: 'mongodb://db.example',
        SECRET_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
        BOOTSTRAP_API_KEY: 'k'.repeat(31),
      },
      ['BOOTSTRAP_API_KEY must have at least 32 characters with MONGODB_URI'],
    ],
    [
      { WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8,intranet', BOOTSTRAP_API_KEY: 'a b' },
      [
        'BOOTSTRAP_API_KEY must be printable ASCII without spaces',
        'WEBHOOK_ALLOWED_NETWORKS "intranet" is not a network in CIDR form',
      ],
    ],
  ])('%j', async (env: Record<string, string>, mistakes) => {
    const server = startWith(env);
    expect((await server.exited).code).toBe(2);
    for (const mistake of mistakes) expect(server.stderr()).toContain(`  - ${mistake}`);
    expect(server.stderr().trim().split('\n')).toHaveLength(1 + mistakes.length);
    expect(server.stdout()).toBe('');
  });

  it('says what is wrong when the port is taken', async () => {
    const first = start();
    const [, port = ''] = await first.printed(/http:\/\/127\.0\.0\.1:(\d+)/);
    const second = start({ PORT: port });
    expect((await second.exited).code).toBe(1);
    expect(second.stderr()).toContain('EADDRINUSE');
  });
});
