/** How many attempts may be made at a time: in all, and to one endpoint, so that a hung one cannot take them all. */
export interface SlotLimits {
  total: number;
  perEndpoint: number;
}

/** Counts attempts under way. */
export function createSlots({ total, perEndpoint }: SlotLimits) {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    /** Takes a slot for `endpoint` if there is one. */
    take(endpoint: string): boolean {
      const count = taken.get(endpoint) ?? 0;
      if (all >= total || count >= perEndpoint) return false;
      taken.set(endpoint, count + 1);
      all++;
      return true;
    },
    release(endpoint: string): void {
      const count = (taken.get(endpoint) ?? 0) - 1;
      if (count > 0) taken.set(endpoint, count);
      else taken.delete(endpoint);
      all--;
    },
    free: () => total - all,
    /** Endpoints that can take no more at the moment. */
    full: () => [...taken].filter(([, count]) => count >= perEndpoint).map(([endpoint]) => endpoint),
  };
}
