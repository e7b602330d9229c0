import type { AttemptError, AttemptOutcome, AttemptTimings } from './attempt-outcome.ts';
import { bodyText } from './body-text.ts';
import { decodedBody } from './decoded-body.ts';
import { KEPT_BODY_BYTES, type ReceivedResponse } from './received-response.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusError } from './status-error.ts';

interface EndedAttempt {
  readonly received: ReceivedResponse;
  /** What went wrong before the response was read to its end, or null. */
  readonly failure: AttemptError | null;
  readonly remoteAddress: string | null;
  readonly timings: AttemptTimings;
  /** When it ended, in milliseconds since 1970. */
  readonly endedAtMs: number;
}

/**
 * The outcome of an attempt from what it received and how it ended. Once there is a status, it alone decides: a body
 * that breaks off or drags on takes nothing back.
 */
export async function outcomeOf(ended: EndedAttempt): Promise<AttemptOutcome> {
  const { received, failure, remoteAddress, timings } = ended;
  const { status } = received;
  if (status === null) return unanswered({ remoteAddress, timings, error: failure });
  const responseHeaders = joinedHeaders(received.headers);
  const body = await shownBody(received, responseHeaders['content-encoding']);
  const error = statusError(status, { location: responseHeaders['location'], body: body.text });
  return {
    ok: error === null,
    status,
    responseHeaders,
    responseBody: body.text,
    responseTruncated: body.truncated,
    remoteAddress,
    timings,
    error,
    retryAfterMs: askedDelayMs(status, responseHeaders['retry-after'], ended.endedAtMs),
  };
}

/** The outcome of an attempt that got no response. */
export function unanswered(
  known: Pick<AttemptOutcome, 'remoteAddress' | 'timings' | 'error'>,
): AttemptOutcome {
  return {
    ok: false,
    status: null,
    responseHeaders: null,
    responseBody: null,
    responseTruncated: false,
    retryAfterMs: null,
    ...known,
  };
}

async function shownBody(
  { body, bodyBytes, complete }: ReceivedResponse,
  contentEncoding: string | undefined,
): Promise<{ text: string; truncated: boolean }> {
  const truncated = !complete || bodyBytes > KEPT_BODY_BYTES;
  const [first] = body;
  if (!first) return { text: '', truncated };
  const start = { bytes: body.length === 1 ? first : Buffer.concat(body), truncated };
  if (contentEncoding === undefined) return { text: bodyText(start, KEPT_BODY_BYTES), truncated };
  const decoded = await decodedBody(start, { contentEncoding, maxBytes: KEPT_BODY_BYTES });
  if (typeof decoded === 'string') return { text: decoded, truncated };
  return { text: bodyText(decoded, KEPT_BODY_BYTES), truncated: decoded.truncated };
}

function askedDelayMs(status: number, retryAfter: string | undefined, nowMs: number): number | null {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return null;
  return retryAfterMs(retryAfter, nowMs);
}

function joinedHeaders(headers: ReceivedResponse['headers']): Record<string, string> {
  // Without a prototype, so that a receiver's `__proto__` header is a header like any other.
  const joined = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    joined[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return joined;
}
