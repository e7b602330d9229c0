import { createSecureContext, rootCertificates } from 'node:tls';
import { errors } from 'undici';
import { type AddressLookup, createAddressLookup, type Network } from '@interview-webhooks/domain';
import {
  type AttemptOutcome,
  nothingReceived,
  outcomeOf,
  type ReceivedResponse,
} from '@interview-webhooks/webhooks';
import { defaultLimits } from '../schedule/limits.ts';
import { Attempt, DeadlineError } from './attempt.ts';
import { type Connection, connectionOver } from './connection.ts';
import { createConnectionPool } from './connection-pool.ts';
import { exchange, type RequestToSend } from './exchange.ts';
import { failureError } from './failure-error.ts';
import { UnusableAnswerError } from './interim-responses.ts';
import { openConnection, type OpenOptions, type OpenTarget } from './open-connection.ts';

/** A webhook on its way out; always a POST. */
export interface SendRequest {
  /** Whose it is: the look-ups of one workspace are bounded. */
  readonly workspaceId?: string;
  readonly url: string;
  /** All that is sent besides host, connection and content-length. */
  readonly headers: Readonly<Record<string, string>>;
  /** A string is sent as UTF-8. */
  readonly body: string | Buffer;
}

export interface SenderOptions {
  /** Networks that are allowed although they are not public; plain http is allowed to them too. */
  readonly allowedNetworks: readonly Network[];
  /** One deadline over DNS, connecting, TLS, headers and body; 15 s unless given. */
  readonly deadlineMs?: number;
  /** The hosts file and DNS unless given. */
  readonly lookup?: AddressLookup;
  /** Certificates of authorities to trust besides Node's bundled ones, as PEM. */
  readonly ca?: readonly string[];
  /** Idle connections kept in all, 1,000 unless given. */
  readonly maxKeptConnections?: number;
  /** Idle connections kept to one origin. Default: as many as there are attempts at a time. */
  readonly maxKeptPerOrigin?: number;
}

/** Sends webhooks. How many at a time, and to whom, is the caller's to bound: a sender never makes one wait for another. */
export interface Sender {
  /**
   * Makes one attempt. Whatever the receiver or the network does is an outcome, never an exception.
   *
   * @throws Error after `close`
   */
  send(request: SendRequest): Promise<AttemptOutcome>;
  /** Ends the kept connections and waits for the attempts under way, which takes up to the deadline. */
  close(): Promise<void>;
}

const DEFAULT_DEADLINE_MS = 15_000;
const MAX_CONNECTION_AGE_MS = 60_000;

export function createSender(options: SenderOptions): Sender {
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const { deliver, close } = createDelivery(options);
  const underWay = new Set<Promise<AttemptOutcome>>();
  let closed = false;

  const attemptOf = async (request: SendRequest): Promise<AttemptOutcome> => {
    const attempt = new Attempt(deadlineMs);
    const received = nothingReceived();
    let host = 'the receiver';
    let failure = null;
    try {
      const url = new URL(request.url);
      host = url.host;
      await deliver({ ...request, url }, attempt, received);
    } catch (error) {
      failure = failureError(error, { phase: attempt.phase, host, deadlineMs });
    }
    const timings = attempt.end();
    const { remoteAddress } = attempt;
    return await outcomeOf({ received, failure, remoteAddress, timings, endedAtMs: Date.now() });
  };

  return {
    async send(request) {
      if (closed) throw new Error('the sender is closed');
      const attempt = attemptOf(request);
      underWay.add(attempt);
      try {
        return await attempt;
      } finally {
        underWay.delete(attempt);
      }
    },
    async close() {
      closed = true;
      await close();
      await Promise.all(underWay);
    },
  };
}

type ParsedRequest = Omit<SendRequest, 'url'> & { readonly url: URL };

/** Sending over kept and new connections. */
function createDelivery(options: SenderOptions) {
  const opening: OpenOptions = {
    allowedNetworks: options.allowedNetworks,
    lookup: options.lookup ?? createAddressLookup(),
    // One for all connections: reading the authorities takes long.
    secureContext: createSecureContext(options.ca ? { ca: [...rootCertificates, ...options.ca] } : {}),
  };
  const pool = createConnectionPool({
    maxKept: options.maxKeptConnections ?? 1_000,
    maxKeptPerOrigin: options.maxKeptPerOrigin ?? defaultLimits.perOrigin,
    maxAgeMs: MAX_CONNECTION_AGE_MS,
  });

  const open = async (target: OpenTarget, attempt: Attempt): Promise<Connection> => {
    const connection = connectionOver(await openConnection(target, attempt, opening), target.url.origin);
    connection.client.once('disconnect', () => {
      pool.forget(connection);
    });
    return connection;
  };

  const deliver = async (
    { url, workspaceId, headers, body }: ParsedRequest,
    attempt: Attempt,
    received: ReceivedResponse,
  ): Promise<void> => {
    const toSend: RequestToSend = { path: url.pathname + url.search, headers, body };
    const converse = async (connection: Connection) => {
      try {
        await exchange(connection, toSend, { attempt, received });
      } catch (error) {
        void connection.destroy();
        throw error instanceof errors.SocketError ? (connection.fault() ?? error) : error;
      }
      pool.keep(connection);
    };
    const kept = pool.take(url.origin);
    if (kept !== null) {
      try {
        await converse(kept);
        return;
      } catch (error) {
        if (!hadEndedWhileIdle(error, attempt)) throw error;
      }
    }
    await converse(await open({ url, workspaceId }, attempt));
  };

  return { deliver, close: () => pool.close() };
}

/**
 * When a receiver ends a connection while it is idle, the next request learns of it after one round trip, which is no
 * longer than this to the other side of the world. What fails later fails on a request that was delivered.
 */
const IDLE_END_SEEN_WITHIN_MS = 250;

/**
 * Whether a kept connection failed before any answer and at once: the receiver had ended it while it was idle, which
 * says nothing about the receiver. One that had the request for a while may have acted on it; sending it again is for
 * the next attempt, which is in the log. Should it have had it all the same, it can tell by the webhook's id.
 */
function hadEndedWhileIdle(error: unknown, attempt: Attempt): boolean {
  if (error instanceof DeadlineError || error instanceof UnusableAnswerError) return false;
  return attempt.phase === 'answer' && attempt.phaseMs <= IDLE_END_SEEN_WITHIN_MS;
}
