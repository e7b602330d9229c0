import { Problem } from '@interview-webhooks/schema';
import { type Answer, isLocalMode, readDatabaseAddress, systemProcess } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';
const body = { webhooks: { start: { status: true, url: 'https://example.com/kept' } } };

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server[Symbol.asyncDispose]());

async function until(status: number, address: string): Promise<Answer> {
  for (;;) {
    const answer = await server.call('GET', address);
    if (answer.status === status) return answer;
    await pause(20);
  }
}

it.runIf(isLocalMode)(
  'a database that was killed: every request is answered at once, and then everything is as before',
  async () => {
    await server.call('POST', path, { body });
    const { pid } = await readDatabaseAddress(server.dataDir);
    process.kill(pid, 'SIGKILL');
    const statuses = new Set<number>();
    // Until another process has taken its place, and a moment longer.
    for (let since = 0; since < 5;) {
      const began = performance.now();
      for (const address of ['/readyz', path]) statuses.add((await server.call('GET', address)).status);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect((await server.call('GET', '/healthz')).status).toBe(200);
      if ((await readDatabaseAddress(server.dataDir)).pid !== pid) since++;
      await pause(20);
    }
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect((await until(200, path)).text).toContain('https://example.com/kept');
  },
);

it.runIf(isLocalMode)(
  'a database that hangs: 503 within seconds, on REST and tRPC, and recovery when it goes on',
  async () => {
    const { pid } = await readDatabaseAddress(server.dataDir);
    process.kill(pid, 'SIGSTOP');
    try {
      const began = performance.now();
      const [rest, trpc, ready] = await Promise.all([
        server.call('POST', path, { body }),
        server.call('GET', '/trpc/settings.webhookSettings'),
        server.call('GET', '/readyz'),
      ]);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(Problem.parse(rest.json)).toMatchObject({ status: 503, code: 'service-unavailable' });
      expect(rest.headers.get('retry-after')).toBe('2');
      expect(trpc).toMatchObject({
        status: 503,
        json: { error: { data: { problem: { code: 'service-unavailable' } } } },
      });
      expect(trpc.headers.get('retry-after')).toBe('2');
      expect(ready.status).toBe(503);
      // Which of its bounds a question meets first depends on what else waits for the database.
      expect(server.logged()).toMatch(
        /"type":"(MongoNetworkTimeout|MongoWaitQueueTimeout|OperationDeadline)Error".*"msg":"Temporarily unavailable"/,
      );
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect((await until(200, path)).status).toBe(200);
  },
);

it('a database that is not there at the start: the server waits for it and says so', async () => {
  const key = 'given-by-the-operator-32-characters-long';
  const waiting = systemProcess({
    env: {
      MONGODB_URI: 'mongodb://127.0.0.1:1/test',
      SECRET_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
      BOOTSTRAP_API_KEY: key,
    },
  });
  const [, url = ''] = await waiting.logged(/listening at (http:\/\/127\.0\.0\.1:\d+)/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  const answer = await fetch(url + path, { headers: { apiKey: key } });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  waiting.kill('SIGTERM');
  expect(await waiting.exited).toEqual({ code: 0, signal: null });
});

interface Hanging extends AsyncDisposable {
  readonly responseId: string;
  /** How often the webhook came. */
  readonly arrived: () => number;
  /** Lets the database go on. */
  readonly goOn: () => void;
}

/** Has a webhook sent, and the database hang as soon as its receiver answers. */
async function hangingAtTheAnswer(): Promise<Hanging> {
  const { pid } = await readDatabaseAddress(server.dataDir);
  let arrived = 0;
  let hangs = false;
  const target = createServer((request, response) => {
    arrived++;
    request.resume().on('end', () => {
      hangs = process.kill(pid, 'SIGSTOP');
      response.end('noted');
    });
  });
  await once(target.listen(0, '127.0.0.1'), 'listening');
  const { port } = target.address() as AddressInfo; // listens on a port, not on a pipe
  const webhooks = { start: { status: true, url: `http://127.0.0.1:${port}` } };
  await server.rest('POST', path, { webhooks });
  const interview = await server.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
  const { ai_interview_id } = interview as { ai_interview_id: string }; // as documented, which the client checks
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const invited = await server.rest('POST', '/ai-interviews/invite', { ai_interview_id, ...candidate });
  const { response_id } = invited as { response_id: string }; // the same
  await server.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  while (!server.logged().includes('what came of an attempt is not recorded yet')) await pause(20);

  const goOn = () => {
    if (hangs) process.kill(pid, 'SIGCONT');
    hangs = false;
  };
  return {
    responseId: response_id,
    arrived: () => arrived,
    goOn,
    [Symbol.asyncDispose]: async () => {
      goOn();
      target.closeAllConnections();
      await once(target.close(), 'close');
    },
  };
}

it.runIf(isLocalMode)(
  'a database that hangs when a receiver answers: what came of the attempt is recorded later, not sent again',
  async () => {
    await using hanging = await hangingAtTheAnswer();
    hanging.goOn();
    const delivery = `/ai-interviews/webhooks/deliveries/evt_${hanging.responseId}_start`;
    let answer = await until(200, delivery);
    while (!answer.text.includes('"state":"delivered"')) answer = await until(200, delivery);
    expect(answer.json).toMatchObject({ attempts: 1, log: [{ number: 1, status: 200 }] });
    expect(hanging.arrived()).toBe(1);
  },
);

it.runIf(isLocalMode)(
  'a server that is stopped while what came of an attempt cannot be recorded does not wait for ever',
  async () => {
    await using hanging = await hangingAtTheAnswer();
    const closed = server.close();
    while (!server.logged().includes('run out by themselves')) await pause(20);
    hanging.goOn();
    await closed;
  },
);
