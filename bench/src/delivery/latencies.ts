import { percentile } from '../report/percentile.ts';

/** When a call was made and when its acknowledgement had been read, in milliseconds of the monotonic clock. */
export interface CallTimes {
  readonly calledAtMs: number;
  readonly acknowledgedAtMs: number;
}

/** How long one event took, in milliseconds. */
export interface Took {
  readonly callToAckMs: number;
  readonly ackToReceiptMs: number;
  readonly callToReceiptMs: number;
}

/** Of an event whose call or receipt is missing, the durations are NaN. */
export function tookOf(call: CallTimes | undefined, receivedAtMs = NaN): Took {
  const { calledAtMs, acknowledgedAtMs } = call ?? { calledAtMs: NaN, acknowledgedAtMs: NaN };
  return {
    callToAckMs: acknowledgedAtMs - calledAtMs,
    // A webhook that arrives before the caller has read the acknowledgement took no time at all.
    ackToReceiptMs: Math.max(0, receivedAtMs - acknowledgedAtMs),
    callToReceiptMs: receivedAtMs - calledAtMs,
  };
}

export interface Percentiles {
  p50Ms: number;
  p99Ms: number;
}

/** Of all that was measured at one rate. */
export interface Latencies {
  callToAck: Percentiles;
  ackToReceipt: Percentiles;
  callToReceipt: Percentiles;
}

export function latenciesOf(took: readonly Took[]): Latencies {
  const of = (valuesMs: readonly number[]): Percentiles => ({
    p50Ms: percentile(valuesMs, 0.5),
    p99Ms: percentile(valuesMs, 0.99),
  });
  return {
    callToAck: of(took.map(({ callToAckMs }) => callToAckMs)),
    ackToReceipt: of(took.map(({ ackToReceiptMs }) => ackToReceiptMs)),
    callToReceipt: of(took.map(({ callToReceiptMs }) => callToReceiptMs)),
  };
}

/** `2.4 / 32.0`: p50 and p99. */
export function p50AndP99({ p50Ms, p99Ms }: Percentiles): string {
  return `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)}`;
}
