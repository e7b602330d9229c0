import { RateLimitError } from '@interview-webhooks/domain';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Protects the service from a caller that asks too often. Counted in each process by itself. */
export interface Limits {
  /** Counts calls of an API key, several where they come as a batch. @throws RateLimitError when its minute is used up */
  countCalls(apiKeyId: string, calls: number): Promise<void>;
  /** Counts one failed key or sign-in of a network address. @throws RateLimitError when its minute is used up */
  countFailure(address: string): Promise<void>;
  /**
   * Counts a subscription of an API key, until what it returns is called.
   *
   * @throws RateLimitError when too many are
   */
  holdStream(apiKeyId: string): () => void;
}

/** Far more than people mistype, far fewer than it takes to guess anything. */
const FAILURES_PER_MINUTE = 60;
/** Tabs that somebody may have open at once. Each may make the database look once a second. */
const STREAMS = 30;
const STREAM_RETRY_SECONDS = 10;

export function createLimits({ callsPerMinute }: { callsPerMinute: number }): Limits {
  const calls = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });
  const failures = new RateLimiterMemory({ points: FAILURES_PER_MINUTE, duration: 60 });
  const streams = new Map<string, number>();
  return {
    countCalls: (apiKeyId, count) =>
      consume(calls, {
        key: apiKeyId,
        count,
        message: `This API key may make ${callsPerMinute} calls a minute`,
      }),
    countFailure: (key) =>
      consume(failures, { key, count: 1, message: 'Too many attempts with a wrong API key' }),
    holdStream: (apiKeyId) => {
      const open = streams.get(apiKeyId) ?? 0;
      if (open >= STREAMS) {
        const message = `This API key has ${STREAMS} subscriptions open already; close one of them.`;
        throw new RateLimitError(message, STREAM_RETRY_SECONDS);
      }
      streams.set(apiKeyId, open + 1);
      return () => {
        const left = (streams.get(apiKeyId) ?? 1) - 1;
        if (left > 0) streams.set(apiKeyId, left);
        else streams.delete(apiKeyId);
      };
    },
  };
}

async function consume(
  limiter: RateLimiterMemory,
  { key, count, message }: { key: string; count: number; message: string },
): Promise<void> {
  try {
    await limiter.consume(key, count);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new RateLimitError(`${message}; try again in ${seconds} s.`, seconds);
  }
}
