import type { Socket } from 'node:net';
import { Client } from 'undici';
import { ConnectionEndedError } from './attempt-failures.ts';
import { skipInterimResponses } from './interim-responses.ts';

/** One open connection to a checked address, for one request at a time. */
export interface Connection {
  /** Speaks HTTP over this connection and never opens another. */
  readonly client: Client;
  readonly origin: string;
  readonly remoteAddress: string | null;
  /** By `performance.now()`. */
  readonly openedAt: number;
  /** To be called before each request. `onInterim` is called for each interim response (1xx) that is skipped. */
  expectAnswer(onInterim: () => void): void;
  isOpen(): boolean;
  /**
   * What went wrong with it first. TLS 1.3 refuses a client after the handshake, which may come before undici listens:
   * all that it knows then is that the connection has ended.
   */
  fault(): Error | null;
  /** Ends it at once; an exchange under way fails with `reason`. Resolves when it is closed. */
  destroy(reason?: Error): Promise<void>;
}

/** Receivers that say nothing about it usually keep connections for longer than this. */
const KEEP_IDLE_MS = 10_000;
const KEEP_IDLE_AT_MOST_MS = 60_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** Makes HTTP/1.1 spoken over an open socket. */
export function connectionOver(socket: Socket, origin: string): Connection {
  const { expectAnswer } = skipInterimResponses(socket);
  let unused = true;
  let fault: Error | null = null;
  socket.once('error', (error) => {
    fault = error;
  });
  const client = new Client(origin, {
    // undici would open a new connection, without the guard, when this one ends: it gets this socket, once.
    connect: (_options, callback) => {
      const first = unused;
      unused = false;
      queueMicrotask(() => {
        if (first) callback(null, socket);
        else callback(new ConnectionEndedError(), null);
      });
    },
    pipelining: 1,
    keepAliveTimeout: KEEP_IDLE_MS,
    keepAliveMaxTimeout: KEEP_IDLE_AT_MOST_MS,
    keepAliveTimeoutThreshold: 1_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The attempt has one deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    client,
    origin,
    remoteAddress: socket.remoteAddress ?? null,
    openedAt: performance.now(),
    expectAnswer,
    isOpen: () => !socket.destroyed && !client.destroyed,
    fault: () => fault,
    destroy: (reason) => {
      const closed = client.destroy(reason ?? null);
      // Before the first request the client does not have the socket yet.
      socket.destroy();
      return closed;
    },
  };
}
