const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a new key may be used, in days; none is for ever. */
export const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'Never' },
] as const;

/** @param days one of {@link lifetimes} */
export function expiryAfter(days: string, now: Date): string | null {
  return days === '' ? null : new Date(now.getTime() + Number(days) * DAY_MS).toISOString();
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
