import type { Failure } from '../lib/failure.ts';

/** What a failed sign-in says about the key, to be shown at its field; null where the key is not to blame. */
export function keyFault({ code, faults }: Pick<Failure, 'code' | 'faults'>): string | null {
  if (code === 'unauthenticated') return 'is not valid: it may be mistyped, revoked or expired';
  return faults.find(({ path }) => path === 'api_key')?.message ?? null;
}
