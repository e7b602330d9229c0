import { expect, it } from 'vitest';
import { latenciesOf, p50AndP99, tookOf } from '../src/delivery/latencies.ts';
import { costMeter } from '../src/delivery/meter.ts';
import { callsFor, countWithin, steadyPerSecond } from '../src/delivery/rates.ts';
import { percentile } from '../src/report/percentile.ts';
import { byKind } from '../src/system/statements.ts';

it('a percentile is a value that was measured, and that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([3, 1, 2], 1)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});

it('an event takes from the call to the acknowledgement, from there to the receipt, and both together', () => {
  const call = { calledAtMs: 100, acknowledgedAtMs: 120 };
  expect(tookOf(call, 150)).toEqual({ callToAckMs: 20, ackToReceiptMs: 30, callToReceiptMs: 50 });
});

it('a webhook that is there before the acknowledgement took no time after it, and still some after the call', () => {
  const call = { calledAtMs: 100, acknowledgedAtMs: 120 };
  expect(tookOf(call, 110)).toEqual({ callToAckMs: 20, ackToReceiptMs: 0, callToReceiptMs: 10 });
});

it('what is missing is no number, and never one that looks quick', () => {
  expect(tookOf(undefined, 110)).toEqual({ callToAckMs: NaN, ackToReceiptMs: NaN, callToReceiptMs: NaN });
  const { ackToReceiptMs, callToReceiptMs } = tookOf({ calledAtMs: 100, acknowledgedAtMs: 120 });
  expect([ackToReceiptMs, callToReceiptMs]).toEqual([NaN, NaN]);
});

it('each of the three has its own percentiles', () => {
  const took = Array.from({ length: 100 }, (_, at) =>
    tookOf({ calledAtMs: 0, acknowledgedAtMs: at + 1 }, 2 * (at + 1)),
  );
  const { callToAck, ackToReceipt, callToReceipt } = latenciesOf(took);
  expect(callToAck).toEqual({ p50Ms: 50, p99Ms: 99 });
  expect(ackToReceipt).toEqual({ p50Ms: 50, p99Ms: 99 });
  expect(p50AndP99(callToReceipt)).toBe('100.0 / 198.0');
});

it('what arrives in the warm-up, or after what is measured, does not count', () => {
  expect(countWithin([0, 99, 100, 150, 199, 200, 300], { fromMs: 100, toMs: 200 })).toBe(3);
});

it('a steady rate leaves out how it begins and how it ends', () => {
  // One each millisecond, and two stragglers at either end.
  const steady = Array.from({ length: 96 }, (_, at) => 10_000 + at);
  expect(steadyPerSecond([0, 1, ...steady, 50_000, 60_000], 0.05)).toBe(1_000);
  expect(steadyPerSecond([...steady].reverse(), 0)).toBe(1_000);
});

it('a warm-up whose rate rises makes half the calls of one at the full rate', () => {
  const offer = { perSecond: 500, warmUpMs: 4_000 };
  expect(callsFor(offer, 0)).toBe(1_000);
  expect(callsFor(offer, 10_000)).toBe(6_000);
  expect(callsFor({ perSecond: 3, warmUpMs: 1_000 }, 0)).toBe(2);
});

it('costs are those between the end of the warm-up and the end of what is measured', async () => {
  const readings = [1_000, 3_000].map((used) => ({
    statements: byKind(() => used),
    serverMs: used,
    databaseMs: undefined,
  }));
  const meter = costMeter(() => Promise.resolve(readings.shift() ?? { serverMs: NaN, databaseMs: NaN }));
  await meter.begin();
  await meter.end();
  const { statementsEach, serverCpuMs, databaseCpuMs } = meter.each(1_000);
  expect(statementsEach?.find).toBe(2);
  expect(serverCpuMs).toBe(2);
  expect(databaseCpuMs).toBeUndefined();
});
