import { useEffect, useState } from 'react';

/** A live connection is made again this fast where a server restarts: no reason yet to say anything. */
const GRACE_MS = 2_000;

/**
 * Since when there has been no live connection, in milliseconds since 1970; null while there is one, and for the first
 * two seconds without.
 */
export function useAdrift(isLive: boolean): number | null {
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => {
    if (isLive) return undefined;
    const lostAt = Date.now();
    const timer = setTimeout(() => {
      setSince(lostAt);
    }, GRACE_MS);
    return () => {
      clearTimeout(timer);
      setSince(null);
    };
  }, [isLive]);
  return isLive ? null : since;
}
