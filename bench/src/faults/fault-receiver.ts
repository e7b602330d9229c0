import { type NameServer, nameServer } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { randomOf } from './random.ts';

/** One webhook that came in. */
export interface Arrival {
  readonly id: string;
  readonly atMs: number;
  readonly body: string;
  /** How much earlier than now it says that it was sent, in milliseconds. */
  readonly signedOffMs: number;
  /** Whether a 2xx was sent, whatever came of the body. */
  accepted: boolean;
}

export interface FaultReceiver extends AsyncDisposable {
  readonly arrivals: readonly Arrival[];
  /** A URL of each of its origins, which have names. */
  readonly urls: readonly string[];
  /** Knows the names, and nothing else. */
  readonly names: NameServer;
  /** From now on everything is answered with 200. */
  heal(): void;
}

type Behaviour =
  | 'accept'
  | 'slow'
  | 'huge'
  | 204
  | 205
  | 'continue'
  | 500
  | 429
  | 302
  | 410
  | 'garbage'
  | 'switch'
  | 'reset'
  | 'cut'
  | 'hang'
  | 'hang-in-body';

/** How often each happens, of a hundred; the rest is accepted. */
const shares: readonly [Behaviour, number][] = [
  [500, 6],
  [429, 4],
  ['reset', 4],
  ['cut', 3],
  ['slow', 4],
  ['hang', 2],
  ['hang-in-body', 1],
  [302, 1],
  [410, 1],
  ['garbage', 1],
  ['huge', 2],
  [204, 4],
  [205, 2],
  ['continue', 4],
  ['switch', 1],
];
/** A delivery that has failed so often is accepted, so that a run comes to an end. */
const FAULTY_ATTEMPTS = 3;
const SLOW_MS = 300;
/** More than is read of an answer. */
const HUGE_BYTES = 1_000_000;

/**
 * A receiver that fails in every way, of many origins; which attempts fail how belongs to the seed.
 *
 * @param origins how many it has, each with a name of its own
 */
export async function faultReceiver(seed: number, origins: number): Promise<FaultReceiver> {
  const hostnames = Array.from({ length: origins }, (_, at) => `receiver-${at}.test`);
  const names = await nameServer(Object.fromEntries(hostnames.map((name) => [name, [['127.0.0.1']]])));
  const arrivals: Arrival[] = [];
  let isHealed = false;

  const behaviourFor = (body: string, attempt: string): Behaviour => {
    if (isHealed || Number(attempt) > FAULTY_ATTEMPTS) return 'accept';
    // Ids are new in every run; the candidate is the same.
    const { candidate_email, event } = JSON.parse(body) as { candidate_email: string; event: string };
    let left = 100 * randomOf(seed, `${candidate_email} ${event} ${attempt}`);
    return shares.find(([, share]) => (left -= share) < 0)?.[0] ?? 'accept';
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const arrival: Arrival = {
      id: String(request.headers['webhook-id']),
      atMs: monotonicMs(),
      body,
      signedOffMs: Date.now() - 1_000 * Number(request.headers['webhook-timestamp']),
      accepted: false,
    };
    arrivals.push(arrival);
    const accepting = () => {
      arrival.accepted = true;
      return response;
    };
    behave(behaviourFor(body, String(request.headers['webhook-attempt'])), response, accepting);
  };

  const server = createServer((request, response) => {
    // A sender that dies while it sends has not sent anything.
    answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    arrivals,
    urls: hostnames.map((name) => `http://${name}:${port}/hooks`),
    names,
    heal: () => {
      isHealed = true;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      await names[Symbol.asyncDispose]();
    },
  };
}

/** @param accepting gives the response and notes that it says 2xx */
function behave(behaviour: Behaviour, response: ServerResponse, accepting: () => ServerResponse): void {
  switch (behaviour) {
    case 'accept':
      accepting().end('noted');
      return;
    case 'slow':
      setTimeout(() => accepting().end('noted'), SLOW_MS);
      return;
    case 'huge':
      response.write(Buffer.alloc(HUGE_BYTES, 'x'));
      accepting().end('noted');
      return;
    case 204:
    case 205:
      // Node sends the length and nothing else.
      accepting().writeHead(behaviour, { 'content-length': 2 }).end('ok');
      return;
    case 'continue':
      // Nobody asked for them.
      response.writeContinue();
      response.writeProcessing();
      accepting().end('noted');
      return;
    case 500:
      response.writeHead(500).end('not now');
      return;
    case 429:
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      // Ended and not reset: a reset may overtake the status.
      accepting().writeHead(200, { 'content-length': 1_000 });
      response.write('half of', () => response.socket?.end());
      return;
    case 302:
      response.writeHead(302, { location: '/elsewhere' }).end();
      return;
    case 410:
      response.writeHead(410).end();
      return;
    case 'garbage':
      response.socket?.end('This is not HTTP.\r\n\r\n');
      return;
    case 'switch':
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      return;
    case 'hang-in-body':
      accepting().writeHead(200, { 'content-length': 1_000 }).write('half of');
      return;
    case 'hang':
      return;
  }
}
