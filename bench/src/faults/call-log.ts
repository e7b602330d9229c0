import type { ApiClient, CallOptions } from '@interview-webhooks/testing';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { SetOutage } from './fault-replica-set.ts';

interface Call {
  readonly endedMs: number;
  readonly tookMs: number;
  /** None where there was no answer. */
  readonly status: number | undefined;
}

/** What callers have met. */
interface CallLog {
  /** The client, whose calls are noted. */
  readonly api: ApiClient;
  /** Calls by status. */
  statuses(): Record<string, number>;
  /** How long the longest call that was answered took. */
  longestMs(): number;
  /** What must not be, in words, and in which outage it was. */
  faults(outages: readonly SetOutage[]): string[];
  /** For each outage, the longest time without an acknowledgement, and how long after it was possible again one came. */
  gaps(outages: readonly SetOutage[]): Gap[];
}

export interface Gap {
  readonly kind: SetOutage['kind'];
  readonly longestMs: number;
  /** After the slowest new primary; undefined where there was none. */
  readonly afterPrimaryMs: number | undefined;
}

/** The deadline of a call, and half as much again for a machine that does everything else as well. */
const HELD_AT_MOST_MS = 7_500;

export function callLog(api: ApiClient): CallLog {
  const calls: Call[] = [];
  const faults: { atMs: number; what: string }[] = [];
  const call = async (method: string, path: string, options?: CallOptions) => {
    const beganMs = monotonicMs();
    const note = (status: number | undefined) => {
      const endedMs = monotonicMs();
      calls.push({ endedMs, tookMs: endedMs - beganMs, status });
    };
    try {
      const answer = await api.call(method, path, options);
      note(answer.status);
      const { status, headers } = answer;
      if (status >= 500 && status !== 503)
        faults.push({ atMs: beganMs, what: `${method} ${path} was answered ${status}` });
      if (status === 503 && headers.get('retry-after') === null)
        faults.push({ atMs: beganMs, what: `${method} ${path} was answered 503 without Retry-After` });
      return answer;
    } catch (error) {
      note(undefined);
      // The caller's own patience, which is longer than a call may be held.
      if (error instanceof Error && error.name === 'TimeoutError')
        faults.push({ atMs: beganMs, what: `${path} was not answered` });
      throw error;
    }
  };
  const acknowledged = () =>
    calls.filter(({ status = 0 }) => status >= 200 && status < 300).map(({ endedMs }) => endedMs);
  const answered = () => calls.filter(({ status }) => status !== undefined);
  return {
    api: { ...api, call },
    statuses: () => {
      const counts: Record<string, number> = {};
      for (const { status = 'no answer' } of calls) counts[status] = (counts[status] ?? 0) + 1;
      return counts;
    },
    longestMs: () => Math.max(0, ...answered().map(({ tookMs }) => tookMs)),
    faults: (outages) => {
      const kindAt = (atMs: number) =>
        outages.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs <= untilMs)?.kind ??
        'between two faults';
      const held = answered().filter(({ tookMs }) => tookMs > HELD_AT_MOST_MS).length;
      return [
        ...faults.map(({ atMs, what }) => `${kindAt(atMs)}: ${what}`),
        ...(held > 0 ? [`${held} calls were held for more than ${HELD_AT_MOST_MS} ms`] : []),
      ];
    },
    gaps: (outages) => outages.map((outage) => gapOf(outage, acknowledged())),
  };
}

function gapOf({ kind, fromMs, untilMs, possibleAtMs }: SetOutage, acknowledged: readonly number[]): Gap {
  const firstFrom = (atMs: number) => acknowledged.find((endedMs) => endedMs >= atMs) ?? Infinity;
  const last = acknowledged.findLast((endedMs) => endedMs < fromMs) ?? fromMs;
  const during = acknowledged.filter((endedMs) => endedMs >= fromMs && endedMs < untilMs);
  const times = [last, ...during, firstFrom(untilMs)];
  const longestMs = Math.max(...times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs)));
  const after = possibleAtMs.map((atMs) => firstFrom(atMs) - atMs);
  return { kind, longestMs, afterPrimaryMs: after.length > 0 ? Math.max(...after) : undefined };
}
