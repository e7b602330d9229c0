import type { AttemptErrorCode } from '@interview-webhooks/schema';

export interface AttemptError {
  readonly code: AttemptErrorCode;
  /** Plain words for the receiver's owner: what happened and what to look at. */
  readonly message: string;
}

/** How long each phase took, in milliseconds; null for what did not happen, such as connecting when a kept connection was used. */
export interface AttemptTimings {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  /** From handing the request over to the first byte of the answer. */
  readonly firstByteMs: number | null;
  /** From the call to its result. */
  readonly totalMs: number;
}

/** What one attempt to send a webhook came to. */
export interface AttemptOutcome {
  /** Whether the receiver has the webhook: it answered 2xx, whatever became of the body behind that. */
  readonly ok: boolean;
  /** The status that arrived, also where the body did not; null when none did. */
  readonly status: number | null;
  /** By lower-case name, values of repeated ones joined by ", "; at most 16 KiB in all. */
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /**
   * The body's first 16 KiB as text, decoded where it was compressed, or named as compressed where it cannot be; what is
   * not UTF-8 is replaced. Null when no headers arrived.
   */
  readonly responseBody: string | null;
  /** Whether the body was longer than what was kept, or was not read to its end. */
  readonly responseTruncated: boolean;
  /** The address that was connected to, or the last one tried. */
  readonly remoteAddress: string | null;
  readonly timings: AttemptTimings;
  /** Null exactly when `ok`. */
  readonly error: AttemptError | null;
  /** What `Retry-After` asked for on 429 and 503, at most 24 hours; null when it did not. */
  readonly retryAfterMs: number | null;
}
