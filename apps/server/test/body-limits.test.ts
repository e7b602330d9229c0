import { isLocalMode, startServer, type StartedServer } from '@interview-webhooks/testing';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MIB = 1024 * 1024;
const HUGE_BYTES = 400 * MIB;

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The most memory that the server's process has had at once. */
async function peakBytes(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

interface Sent {
  status: number;
  headers: string;
  problem: { code: string; detail: string };
  /** How much of the body went out before the connection ended or everything was sent. */
  sentBytes: number;
}

interface Upload {
  method?: string;
  path: string;
  headers: Record<string, string>;
  bytes: number;
  chunked?: boolean;
}

/** Sends a body as fast as the server takes it, until all is sent and answered or the server ends the connection. */
async function upload({ method = 'POST', path, headers, bytes, chunked = false }: Upload): Promise<Sent> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      if (answer.endsWith('}')) resolve();
    });
    socket.once('close', () => {
      resolve();
    });
  });
  // A server that has had enough may end the connection under us.
  socket.on('error', () => undefined);
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(bytes) };
  const lines = Object.entries({ host: 'localhost', ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const sentBytes = await pour(socket, bytes, chunked);
  await answered;
  socket.destroy();
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    headers: head.toLowerCase(),
    problem: JSON.parse(body) as Sent['problem'], // as its content type says
    sentBytes,
  };
}

async function pour(socket: Socket, bytes: number, chunked: boolean): Promise<number> {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const piece = Buffer.alloc(64 * 1024, ' ');
  const framed = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  let sent = 0;
  while (sent < bytes && !socket.destroyed) {
    const size = Math.min(piece.length, bytes - sent);
    const more = socket.write(chunked ? framed : piece.subarray(0, size));
    sent += size;
    if (!more) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  if (chunked && !socket.destroyed) socket.write('0\r\n\r\n');
  return sent;
}

const settings = '/ai-interviews/settings/webhooks';
const json = { 'content-type': 'application/json' };
const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
const fromPage = { 'sec-fetch-site': 'same-origin' };
const withKey = () => ({ apikey: server.apiKey });

/** Where the 400 MiB go, and what they are answered. */
const huge: [what: string, path: string, headers: () => Record<string, string>, status: number][] = [
  ['files to the sign-in, without a key', '/trpc/session.signIn', () => ({ ...multipart, ...fromPage }), 415],
  ['files to the sign-in, from another site', '/trpc/session.signIn', () => multipart, 403],
  ['a sign-in in a batch, from another site', '/trpc/settings.test,session.signIn?batch=1', () => json, 403],
  ['files to a call', '/trpc/settings.updateWebhookSettings', () => ({ ...multipart, ...withKey() }), 415],
  ['bytes to a call', '/trpc/settings.test', () => ({ 'content-type': 'application/octet-stream' }), 415],
  ['JSON to a call', '/trpc/settings.test', () => json, 413],
  ['JSON to a batch', '/trpc/settings.test,settings.test?batch=1', () => json, 413],
  ['JSON to a REST route', settings, () => ({ ...json, ...withKey() }), 413],
  ['JSON to a REST route, without a key', settings, () => json, 401],
  ['files to a REST route', settings, () => ({ ...multipart, ...withKey() }), 415],
  ['files to nowhere', '/nowhere', () => multipart, 404],
  ['text to a path that cannot be decoded', '/%zz', () => ({ 'content-type': 'text/plain' }), 400],
  [
    'anything to the local inbox',
    '/inbox/try',
    () => ({ 'content-type': 'video/mp4' }),
    isLocalMode ? 413 : 404,
  ],
];

it('a body of 400 MiB is neither taken in nor waited for, wherever it goes and whatever it is', async () => {
  const before = await peakBytes();
  const uploads = huge.flatMap(([what, path, headers, status]) =>
    [false, true].map(async (chunked) => {
      const sent = await upload({ path, headers: headers(), bytes: HUGE_BYTES, chunked });
      const name = `${what}, ${chunked ? 'in chunks' : 'by its length'}`;
      expect(sent.status, name).toBe(status);
      expect(sent.headers, name).toContain('content-type: application/problem+json');
      // What the kernel holds for either side comes on top of what the server reads.
      expect(sent.sentBytes, name).toBeLessThan(64 * MIB);
    }),
  );
  uploads.push(
    (async () => {
      const headers = { ...multipart, ...withKey() };
      const sent = await upload({ method: 'GET', path: settings, headers, bytes: HUGE_BYTES });
      expect(sent).toMatchObject({ status: 415, problem: { code: 'unsupported-media-type' } });
      expect(sent.sentBytes).toBeLessThan(64 * MIB);
    })(),
  );
  await Promise.all(uploads);
  // All of them at once; one alone used to take more than its own 400 MiB.
  expect((await peakBytes()) - before).toBeLessThan(150 * MIB);
});

describe('a body just over 64 KiB', () => {
  it.each([false, true])(
    'is refused with a word of the limit, and the connection stays where its length is known (chunked: %s)',
    async (chunked) => {
      for (const path of [settings, '/trpc/settings.updateWebhookSettings']) {
        const bytes = 2 * 64 * 1024;
        const sent = await upload({ path, headers: { ...json, ...withKey() }, bytes, chunked });
        expect(sent).toMatchObject({
          status: 413,
          sentBytes: bytes,
          problem: { code: 'payload-too-large', detail: 'The body may have at most 64 KiB; send less.' },
        });
        expect(sent.headers.includes('connection: close')).toBe(chunked);
      }
    },
  );
});

it.each([128 * 1024, MIB, MIB + 1, 2 * MIB, 4 * MIB])(
  'a refused body of %i bytes costs the same client’s next requests nothing',
  async (bytes) => {
    for (let round = 1; round <= 3; round++) {
      const refused = await fetch(`${server.url}${settings}`, {
        method: 'POST',
        headers: { ...json, ...withKey() },
        body: ' '.repeat(bytes),
      });
      expect([refused.status, await refused.json()]).toMatchObject([413, { code: 'payload-too-large' }]);
      const next = await fetch(`${server.url}${settings}`, { headers: withKey() });
      expect([next.status, await next.json()]).toMatchObject([200, { webhooks: {} }]);
    }
  },
);
