import { isoOfLocalMinute } from '../lib/local-minute.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The lifetime that ends at a date of one's own. */
export const UNTIL = 'until';

/** How long a new key may be used: days, until a date, or for ever. */
export const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: UNTIL, label: 'On a date' },
  { value: '', label: 'Never' },
] as const;

/**
 * @param lifetime one of {@link lifetimes}
 * @param until for {@link UNTIL}: the date and time as the field has it, in the viewer's zone
 */
export function expiryOf(lifetime: string, until: string, now: Date): string | null {
  if (lifetime === '') return null;
  if (lifetime === UNTIL) return isoOfLocalMinute(until) ?? null;
  return new Date(now.getTime() + Number(lifetime) * DAY_MS).toISOString();
}

export type KeyStatus = 'active' | 'expiring' | 'expired' | 'revoked';

/** Soon enough to see to a new one. */
const SOON_MS = 14 * DAY_MS;

export function keyStatus(
  key: { expires_at: string | null; revoked_at: string | null },
  now: Date,
): KeyStatus {
  if (key.revoked_at !== null) return 'revoked';
  if (key.expires_at === null) return 'active';
  const leftMs = new Date(key.expires_at).getTime() - now.getTime();
  if (leftMs <= 0) return 'expired';
  return leftMs < SOON_MS ? 'expiring' : 'active';
}
