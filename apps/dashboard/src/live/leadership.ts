interface LeadershipOptions {
  /** The same for all tabs of which one leads. */
  name: string;
  onLead: () => void;
  /** Another tab leads now, although this one did not let go. */
  onDeposed: () => void;
}

export interface Leadership {
  /** Leads from now on, in the place of a tab that no longer answers. */
  take: () => void;
  /** Lets the next one lead. */
  leave: () => void;
}

/**
 * The tab that holds a lock of the browser (Web Locks) leads. The browser takes the lock from a tab that is closed or
 * crashes and gives it to the one that has waited longest.
 */
export function seekLeadership({ name, onLead, onDeposed }: LeadershipOptions): Leadership {
  let release: (() => void) | undefined;
  let waiting = new AbortController();
  let left = false;

  const request = (options: LockOptions) => {
    let held: (() => void) | undefined;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (left) {
          resolve();
          return;
        }
        release = held = resolve;
        onLead();
      });
    navigator.locks.request(name, options, hold).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
      // No longer waited for; otherwise it was taken away.
      if (!held || release !== held) return;
      release = undefined;
      onDeposed();
      wait();
    });
  };
  const wait = () => {
    waiting = new AbortController();
    request({ signal: waiting.signal });
  };
  wait();

  return {
    take() {
      if (release) return;
      waiting.abort();
      request({ steal: true });
    },
    leave() {
      left = true;
      waiting.abort();
      release?.();
      release = undefined;
    },
  };
}
