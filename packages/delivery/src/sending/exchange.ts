import { KEPT_BODY_BYTES, type ReceivedResponse } from '@interview-webhooks/webhooks';
import type { Dispatcher } from 'undici';
import type { Attempt } from './attempt.ts';
import type { Connection } from './connection.ts';
import { UnusableAnswerError } from './interim-responses.ts';

/** How much of a response's body is read before the connection is closed. */
const READ_BODY_BYTES = 64 * 1024;

export interface RequestToSend {
  /** Path and query, as in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Sends one POST over `connection` and reads the response into `received`. A body beyond the limit, or one that
 * cannot be, ends the connection and counts as read: the receiver's answer is its status, and it has arrived.
 *
 * @throws DeadlineError when time is up, and what undici throws when the response ends early or is none
 */
export function exchange(
  connection: Connection,
  request: RequestToSend,
  { attempt, received }: { attempt: Attempt; received: ReceivedResponse },
): Promise<void> {
  attempt.enter('answer');
  attempt.remoteAddress = connection.remoteAddress;
  return new Promise((resolve, reject) => {
    attempt.onExpired((error) => {
      reject(error);
      void connection.destroy(error);
    });
    const reader = new ResponseReader(attempt, received, { resolve, reject });
    connection.expectAnswer(() => {
      reader.answerBegins();
    });
    const { path, headers, body } = request;
    connection.client.dispatch({ method: 'POST', path, headers, body }, reader);
  });
}

/** Ends an exchange whose body has gone beyond the limit, or is none. */
class EnoughReadError extends Error {}

/**
 * Whether a response is complete with its headers although undici would wait for a body: these statuses have none,
 * whatever their headers say of one (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). Node's own server lets a handler
 * announce a length with a 204, and sends nothing.
 */
function isOnlyHeaders(status: number, headers: ReceivedResponse['headers']): boolean {
  if (status !== 204 && status !== 205 && status !== 304) return false;
  const length = headers['content-length'];
  // Without a length a 205 would go on to the end of its connection.
  const endsByItself = length === '0' || (length === undefined && status !== 205);
  return !endsByItself || headers['transfer-encoding'] !== undefined;
}

/** A class because undici calls it for every response: methods on a prototype cost nothing per request. */
class ResponseReader implements Dispatcher.DispatchHandler {
  readonly #attempt: Attempt;
  readonly #received: ReceivedResponse;
  readonly #done: { resolve: () => void; reject: (error: Error) => void };

  constructor(
    attempt: Attempt,
    received: ReceivedResponse,
    done: { resolve: () => void; reject: (error: Error) => void },
  ) {
    this.#attempt = attempt;
    this.#received = received;
    this.#done = done;
  }

  onRequestStart(): void {
    // Must be here: it is what tells undici that this is a handler of its newer kind.
  }

  /** The first byte. undici calls it although its types count it among the older kind's methods. */
  onResponseStarted(): void {
    this.answerBegins();
  }

  /** From here on nothing is sent again: the receiver has the request. */
  answerBegins(): void {
    if (this.#attempt.phase === 'answer') this.#attempt.enter('headers');
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Interim responses do not get here.
    if (status < 200) {
      const shown = String(status).padStart(3, '0');
      controller.abort(new UnusableAnswerError(`The receiver answered ${shown}, which is no status of HTTP`));
      return;
    }
    this.answerBegins();
    this.#attempt.enter('body');
    this.#received.status = status;
    this.#received.headers = headers;
    if (!isOnlyHeaders(status, headers)) return;
    this.#received.complete = true;
    this.#done.resolve();
    controller.abort(new EnoughReadError());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const received = this.#received;
    const room = KEPT_BODY_BYTES - received.bodyBytes;
    if (room > 0) received.body.push(chunk.subarray(0, room));
    received.bodyBytes += chunk.length;
    if (received.bodyBytes <= READ_BODY_BYTES) return;
    this.#done.resolve();
    controller.abort(new EnoughReadError());
  }

  onResponseEnd(): void {
    this.#received.complete = true;
    this.#done.resolve();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#done.reject(error);
  }
}
