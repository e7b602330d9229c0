import { recordStart } from '@interview-webhooks/domain';
import type { DeliveryDetails } from '@interview-webhooks/schema';
import { newAuthority } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { DeliveryEngine } from '../src/index.ts';
import {
  configure,
  deliveryOf,
  type DeliveryWorld,
  deliveryWorld,
  invitation,
} from '../src/testing/delivery-world.ts';
import { by, certified, lookup, LOOPBACK, named, type Target, trustedAuthority } from './faulty-targets.ts';
import {
  answering,
  answeringEndlessly,
  closedPort,
  drip,
  httpReceiver,
  rawReceiver,
  tcpReceiver,
} from './receivers.ts';

/** What the delivery and its log must say of the one attempt. */
interface Recorded {
  state?: DeliveryDetails['state'];
  reason?: DeliveryDetails['reason'];
  status: number | null;
  error: string | null;
  remote_address?: string | null;
  /** Null: there is no next attempt. */
  nextInSeconds?: number | null;
}

const delivered = { state: 'delivered', status: 200, error: null, nextInSeconds: null } as const;

/** Receivers that fail with an answer. */
const answers: [name: string, arrange: () => Promise<Target>, recorded: Recorded][] = [
  ['answers 400', () => by(httpReceiver(answering(400))), { status: 400, error: 'http-status' }],
  ['answers 500', () => by(httpReceiver(answering(500))), { status: 500, error: 'http-status' }],
  ['answers 503', () => by(httpReceiver(answering(503))), { status: 503, error: 'http-status' }],
  [
    'answers 429 and asks for an hour',
    () => by(httpReceiver(answering(429, { 'retry-after': '3600' }))),
    { status: 429, error: 'http-status', nextInSeconds: 3600 },
  ],
  [
    'answers 410',
    () => by(httpReceiver(answering(410))),
    { state: 'failed', reason: 'receiver-gone', status: 410, error: 'http-status', nextInSeconds: null },
  ],
  [
    'redirects to a private address',
    async () => {
      const forbidden = await httpReceiver(answering(200));
      return { ...(await by(httpReceiver(answering(301, { location: forbidden.url })))), forbidden };
    },
    { status: 301, error: 'redirect' },
  ],
  ['takes it and sends a body without end', () => by(httpReceiver(answeringEndlessly(200))), delivered],
  [
    'refuses it and sends a body without end',
    () => by(httpReceiver(answeringEndlessly(500))),
    { status: 500, error: 'http-status' },
  ],
  [
    'speaks another protocol',
    () => by(rawReceiver('SSH-2.0-x\r\n')),
    { status: null, error: 'invalid-response' },
  ],
];

/** Connections that cannot be made, break off or drag on. */
const connections: typeof answers = [
  [
    'is down',
    async () => ({ url: `http://${LOOPBACK}:${await closedPort()}/` }),
    { status: null, error: 'connection-refused' },
  ],
  [
    'resets the connection',
    () => by(tcpReceiver((socket) => socket.once('data', () => socket.resetAndDestroy()))),
    { status: null, error: 'connection-reset' },
  ],
  [
    'resets the connection within the headers',
    () => by(rawReceiver('HTTP/1.1 200 OK\r\ncontent-le', (socket) => socket.resetAndDestroy())),
    { status: null, error: 'connection-reset' },
  ],
  [
    'takes it and breaks off within the body',
    () => by(rawReceiver('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', (socket) => socket.end())),
    delivered,
  ],
  ['never answers', () => by(httpReceiver(() => undefined)), { status: null, error: 'timeout' }],
  [
    'drips its headers',
    () =>
      by(
        rawReceiver('HTTP/1.1 200 OK\r\nx-slow: ', (socket) => {
          drip(socket, 'x');
        }),
      ),
    { status: null, error: 'timeout' },
  ],
  [
    'takes it and drips its body',
    () =>
      by(
        rawReceiver('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', (socket) => {
          drip(socket, '1\r\n.\r\n');
        }),
      ),
    delivered,
  ],
  [
    'speaks no TLS',
    async () => {
      const plain = await by(httpReceiver(answering(200)));
      return { ...plain, url: plain.url.replace('http:', 'https:') };
    },
    { status: null, error: 'tls-failed' },
  ],
];

const wrongCertificate = { status: null, error: 'tls-certificate' };
const notConnected = { status: null, remote_address: null };

/** Names and certificates that are not what they should be. */
const identities: typeof answers = [
  ['has a certificate for another name', () => certified('other.example'), wrongCertificate],
  [
    'has a certificate that has expired',
    () => certified('receiver.example', { expired: true }),
    wrongCertificate,
  ],
  [
    'has a certificate of an unknown authority',
    async () => certified('receiver.example', { authority: await newAuthority('Other authority') }),
    wrongCertificate,
  ],
  [
    'has a name that does not resolve',
    () => Promise.resolve({ url: 'https://gone.example/' }),
    { ...notConnected, error: 'dns-failed' },
  ],
  [
    'has a name that is looked up for ever',
    () => Promise.resolve({ url: 'https://unanswered.example/' }),
    { ...notConnected, error: 'connect-timeout' },
  ],
  [
    'has a name that leads inside since it was saved',
    async () => {
      // Looked up once more it would be allowed again.
      const target = await named('moved.example', LOOPBACK, '10.0.0.1', LOOPBACK);
      return { ...target, ...(target.receiver && { forbidden: target.receiver }) };
    },
    { ...notConnected, error: 'address-forbidden' },
  ],
  [
    'has a name that leads inside once it has been checked',
    () => named('rebound.example', LOOPBACK, LOOPBACK, '10.0.0.1'),
    delivered,
  ],
];

let world: DeliveryWorld;
let engine: DeliveryEngine;
beforeAll(async () => {
  world = await deliveryWorld({ deadlineMs: 3_000, lookup, ca: [trustedAuthority.cert] });
  engine = world.engine();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('one attempt is on record, with what comes next, where the receiver', () => {
  it.concurrent.for([...answers, ...connections, ...identities])(
    '%s',
    async ([, arrange, recorded], { expect, onTestFinished }) => {
      const { url, receiver, forbidden } = await arrange();
      for (const each of new Set([receiver, forbidden])) onTestFinished(() => each?.[Symbol.asyncDispose]());
      const context = await world.workspace(engine);
      await configure(context, { start: { status: true, url } });
      const { response_id } = await invitation(context);
      await recordStart(context, { response_id });
      await engine.runDue();

      const { state = 'pending', reason = null, status, error, nextInSeconds = 5 } = recorded;
      const next_attempt_at =
        nextInSeconds === null
          ? null
          : new Date(context.now().getTime() + nextInSeconds * 1000).toISOString();
      const { log, ...delivery } = await deliveryOf(context, response_id, 'start');
      expect(delivery).toMatchObject({ state, reason, attempts: 1, last_status: status, last_error: error });
      expect(delivery).toMatchObject({ next_attempt_at });
      const { remote_address = LOOPBACK } = recorded;
      expect(log).toMatchObject([
        { number: 1, trigger: 'event', url, status, remote_address, next_attempt_at },
      ]);
      expect(log[0]?.error?.code ?? null).toBe(error);
      expect(forbidden?.connections ?? []).toHaveLength(0);
    },
  );
});
