/** Events that this process is sending, or has begun to send a moment ago. */
export interface InFlight {
  /**
   * Begins with an event that is recorded under this process's lease.
   *
   * @param until when the lease ends, by the injected clock
   * @returns false where this process has begun with it already
   */
  begin(deliveryId: string, until: Date): boolean;
  /**
   * Begins with an event whose lease is over.
   *
   * @returns false where this process is still at it
   */
  resume(deliveryId: string): boolean;
  /** Its delivery is stored, or it is left to the sweep. */
  end(deliveryId: string): void;
}

/**
 * Remembers an event until its lease is over, also when it has ended before: a call that records the same and has read the
 * outbox a moment ago may still come with it. After that the lease itself says that it is too late.
 */
export function createInFlight(now: () => Date): InFlight {
  const active = new Set<string>();
  /** The oldest first. */
  const begun = new Map<string, Date>();
  const forgetOld = (at: Date) => {
    for (const [id, until] of begun) {
      if (until > at) return;
      begun.delete(id);
    }
  };
  return {
    begin(id, until) {
      const at = now();
      forgetOld(at);
      if (active.has(id) || begun.has(id) || until <= at) return false;
      begun.set(id, until);
      active.add(id);
      return true;
    },
    resume(id) {
      if (active.has(id)) return false;
      active.add(id);
      return true;
    },
    end: (id) => void active.delete(id),
  };
}
