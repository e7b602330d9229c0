import type { AttemptError, AttemptOutcome, AttemptTimings } from '@interview-webhooks/domain';
import { bodyText } from './body-text.ts';
import { KEPT_BODY_BYTES, type Received } from './exchange.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusError } from './status-error.ts';

export interface EndedAttempt {
  readonly received: Received;
  /** What went wrong before the response was read, or null. */
  readonly failure: AttemptError | null;
  readonly remoteAddress: string | null;
  readonly timings: AttemptTimings;
  /** When it ended, in milliseconds since 1970. */
  readonly endedAtMs: number;
}

/** The outcome of an attempt from what it received and how it ended. */
export function outcomeOf(ended: EndedAttempt): AttemptOutcome {
  const { received, failure, remoteAddress, timings } = ended;
  const { status } = received;
  if (status === null) {
    return {
      ok: false,
      status: null,
      responseHeaders: null,
      responseBody: null,
      responseTruncated: false,
      remoteAddress,
      timings,
      error: failure,
      retryAfterMs: null,
    };
  }
  const responseHeaders = joinedHeaders(received.headers);
  const error = failure ?? statusError(status, responseHeaders['location']);
  const truncated = !received.complete || received.bodyBytes > KEPT_BODY_BYTES;
  return {
    ok: error === null,
    status,
    responseHeaders,
    responseBody: textOf(received.body, truncated),
    responseTruncated: truncated,
    remoteAddress,
    timings,
    error,
    retryAfterMs: askedDelayMs(status, responseHeaders['retry-after'], ended.endedAtMs),
  };
}

function textOf(chunks: readonly Buffer[], truncated: boolean): string {
  const [first] = chunks;
  if (!first) return '';
  const bytes = chunks.length === 1 ? first : Buffer.concat(chunks);
  return bodyText({ bytes, truncated }, KEPT_BODY_BYTES);
}

function askedDelayMs(status: number, retryAfter: string | undefined, nowMs: number): number | null {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return null;
  return retryAfterMs(retryAfter, nowMs);
}

function joinedHeaders(headers: Received['headers']): Record<string, string> {
  // Without a prototype, so that a receiver's `__proto__` header is a header like any other.
  const joined = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    joined[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return joined;
}
