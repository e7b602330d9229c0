import { type Principal, RateLimitError } from '@interview-webhooks/domain';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { callerNetwork } from './caller-network.ts';

/** Who is counted: a key, and its workspace, which may have many. */
type Counted = Pick<Principal, 'apiKeyId' | 'workspaceId'>;

/** Protects the service from a caller that asks too often. Counted in each process by itself. */
export interface Limits {
  /**
   * Counts calls of an API key and of its workspace, several where they come as a batch.
   *
   * @throws RateLimitError when the minute of one of the two is used up
   */
  countCalls(caller: Counted, calls: number): Promise<void>;
  /** Counts one failed key or sign-in of a network address. @throws RateLimitError when its minute is used up */
  countFailure(address: string): Promise<void>;
  /** Counts one call by nobody that anybody may make. @throws RateLimitError when the address's minute is used up */
  countOpenCall(address: string): Promise<void>;
  /**
   * Counts a subscription of an API key and of its workspace, until what it returns is called.
   *
   * @throws RateLimitError when one of the two has as many as it may have
   */
  holdStream(caller: Counted): () => void;
}

export interface LimitOptions {
  /** Of one API key. */
  callsPerMinute: number;
  /** Of all API keys of one workspace. */
  workspaceCallsPerMinute: number;
}

/** Far more than people mistype, far fewer than it takes to guess anything. */
const FAILURES_PER_MINUTE = 60;
/** Pages that the people behind one address open before they sign in. */
const OPEN_CALLS_PER_MINUTE = 600;
/** Tabs that somebody may have open at once. Each may make the database look once a second. */
const STREAMS_OF_KEY = 30;
const STREAMS_OF_WORKSPACE = 100;
const STREAM_RETRY_SECONDS = 10;

export function createLimits({ callsPerMinute, workspaceCallsPerMinute }: LimitOptions): Limits {
  const ofKeys = perMinute(callsPerMinute, `This API key may make ${callsPerMinute} calls a minute`);
  const ofWorkspaces = perMinute(
    workspaceCallsPerMinute,
    `This workspace may make ${workspaceCallsPerMinute} calls a minute, with all of its API keys`,
  );
  const failures = perMinute(
    FAILURES_PER_MINUTE,
    `This address has made ${FAILURES_PER_MINUTE} attempts with a wrong API key or session within a minute`,
  );
  const openCalls = perMinute(
    OPEN_CALLS_PER_MINUTE,
    `This address may make ${OPEN_CALLS_PER_MINUTE} calls a minute without an API key or session`,
  );
  const streamsOfKeys = atOnce(STREAMS_OF_KEY, 'API key');
  const streamsOfWorkspaces = atOnce(STREAMS_OF_WORKSPACE, 'workspace');
  return {
    countCalls: async ({ apiKeyId, workspaceId }, calls) => {
      // The key first: what it is refused is nobody else's loss.
      await ofKeys(apiKeyId, calls);
      await ofWorkspaces(workspaceId, calls);
    },
    countFailure: (address) => failures(callerNetwork(address), 1),
    countOpenCall: (address) => openCalls(callerNetwork(address), 1),
    holdStream: ({ apiKeyId, workspaceId }) => {
      const releaseKey = streamsOfKeys(apiKeyId);
      try {
        const releaseWorkspace = streamsOfWorkspaces(workspaceId);
        return () => {
          releaseKey();
          releaseWorkspace();
        };
      } catch (error) {
        releaseKey();
        throw error;
      }
    },
  };
}

/** @param message says whose limit it is, and how high */
function perMinute(points: number, message: string): (key: string, count: number) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return async (key, count) => {
    try {
      await limiter.consume(key, count);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new RateLimitError(`${message}; try again in ${seconds} s.`, seconds);
    }
  };
}

/** @param whose for the message, for example `workspace` */
function atOnce(most: number, whose: string): (id: string) => () => void {
  const held = new Map<string, number>();
  return (id) => {
    const open = held.get(id) ?? 0;
    if (open >= most) {
      const message = `This ${whose} has ${most} subscriptions open already; close one of them.`;
      throw new RateLimitError(message, STREAM_RETRY_SECONDS);
    }
    held.set(id, open + 1);
    return () => {
      const left = (held.get(id) ?? 1) - 1;
      if (left > 0) held.set(id, left);
      else held.delete(id);
    };
  };
}
