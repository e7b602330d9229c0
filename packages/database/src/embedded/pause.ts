import { setTimeout } from 'node:timers/promises';

/** Resolves after `ms`, or at once when `signal` is aborted: the caller looks at the signal next. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
