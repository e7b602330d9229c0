import type { Attempt } from '@interview-webhooks/schema';

export interface TimingPhase {
  name: 'DNS' | 'Connect' | 'TLS' | 'First byte' | 'Rest';
  ms: number;
}

/**
 * How the time of an attempt was spent, in order. What did not happen is left out; `Rest` is what no phase accounts
 * for: reading the answer, or waiting for one that never came.
 */
export function timingPhases({ dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms }: Attempt['timings']) {
  const measured = [
    { name: 'DNS', ms: dns_ms },
    { name: 'Connect', ms: connect_ms },
    { name: 'TLS', ms: tls_ms },
    { name: 'First byte', ms: first_byte_ms },
  ] as const;
  const phases: TimingPhase[] = measured.flatMap(({ name, ms }) => (ms === null ? [] : [{ name, ms }]));
  const rest = total_ms - phases.reduce((sum, { ms }) => sum + ms, 0);
  return rest > 0 ? [...phases, { name: 'Rest' as const, ms: rest }] : phases;
}

/** `0.4 ms`, `132 ms`, `15 s`. */
export function milliseconds(ms: number): string {
  if (ms >= 10_000) return `${Math.round(ms / 1000)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}
